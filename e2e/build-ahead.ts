import { spawn } from "node:child_process";
import os from "node:os";
import { root } from "./run-step";

/**
 * Builds the portal for the journeys while the tests wait for their clocks, and gives way to them. How it ends is not
 * asked: the journeys build what is missing, and say why they cannot.
 */
export function buildAhead(): void {
  const child = spawn(
    process.execPath,
    ["--import", "./lib/processes/check-node.mjs", "--import", "tsx", "lib/processes/build.ts"],
    { cwd: root, stdio: "ignore" },
  );
  child.once("error", () => undefined);
  if (child.pid === undefined) return;
  os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
  const endWithUs = () => child.kill("SIGTERM");
  process.once("exit", endWithUs);
  child.once("close", () => process.off("exit", endWithUs));
}
