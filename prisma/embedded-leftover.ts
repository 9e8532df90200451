import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, readCommand } from "./process-state";

/**
 * A launcher that was killed may leave a server behind on the same data, or a lock file whose number
 * now belongs to another program.
 */
export async function endLeftover(directory: string): Promise<void> {
  const lock = path.join(directory, "postmaster.pid");
  const pid = readLockOwner(lock);
  if (!pid || !isAlive(pid)) return;
  if (!isServerOf(pid, directory)) {
    // PostgreSQL would take the foreign program for a running server and refuse to start.
    fs.rmSync(lock, { force: true });
    return;
  }
  process.kill(pid, "SIGINT");
  if (await hasEnded(pid, 10_000)) return;
  process.kill(pid, "SIGQUIT");
  if (!(await hasEnded(pid, 5_000)))
    throw new Error(`The PostgreSQL server ${pid} on ${directory} does not end.`);
}

function readLockOwner(lock: string): number | undefined {
  if (!fs.existsSync(lock)) return undefined;
  const pid = Number(fs.readFileSync(lock, "utf8").split("\n", 1)[0]);
  return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
}

function isServerOf(pid: number, directory: string): boolean {
  const words = readCommand(pid);
  return words.includes(directory) && words.some((word) => path.basename(word) === "postgres");
}

async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(50)) if (!isAlive(pid)) return true;
  return !isAlive(pid);
}
