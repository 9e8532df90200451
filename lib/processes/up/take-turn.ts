import fs from "node:fs";
import { isAlive } from "@/prisma/process-state";

/** Whether this process is the one whose turn it is, until it removes the file; that of one that has died is cleared away. */
export function takeTurn(file: string): boolean {
  const own = `${file}.${process.pid}`;
  fs.writeFileSync(own, String(process.pid));
  try {
    // A link appears with its content or not at all, and only where there is none.
    fs.linkSync(own, file);
    return true;
  } catch {
    if (!isHeld(file)) fs.rmSync(file, { force: true });
    return false;
  } finally {
    fs.rmSync(own);
  }
}

function isHeld(file: string): boolean {
  const pid = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0;
  return pid > 1 && isAlive(pid);
}
