import { execFileSync } from "node:child_process";
import fs from "node:fs";

/** Whether a process runs under this number; one that ended and that nobody has asked after does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return !isZombie(pid);
}

// In a container whose first process adopts nobody, ended orphans keep their numbers for ever.
function isZombie(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return fs.existsSync(file) && / Z /.test(fs.readFileSync(file, "utf8").replace(/\(.*\)/s, ""));
}

/** The words of the process's command line; none when it has just ended. */
export function readCommand(pid: number): string[] {
  try {
    if (process.platform === "linux") return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .split(" ");
  } catch {
    return [];
  }
}
