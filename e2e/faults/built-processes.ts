import fs from "node:fs";
import path from "node:path";
import { bundleProcesses } from "@/lib/processes/up/build";

// Beside the packages, where the built files find them.
const folder = path.join("node_modules/.cache/faults", String(process.pid));
let built: Promise<void> | undefined;

/** The product's process as it is delivered, built from the sources of this moment, once for each run of tests. */
export async function builtProcess(name: "worker" | "console"): Promise<string> {
  built ??= build();
  await built;
  return path.join(folder, `${name}.mjs`);
}

async function build(): Promise<void> {
  process.once("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  await bundleProcesses(folder);
}
