import { spawn } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import path from "node:path";

export interface Step {
  name: string;
  /** Arguments of node. */
  arguments: string[];
  /** Whether what it says appears as it says it, or only when it fails. */
  isLoud?: boolean;
  /** Gives way to whatever else runs. */
  isPatient?: boolean;
  /** Further variables of its environment. */
  environment?: Record<string, string>;
}

export interface StepResult {
  name: string;
  hasPassed: boolean;
  seconds: number;
  output: string;
}

export const root = path.resolve(import.meta.dirname, "..");

/** Runs one tool to its end, its words kept for the case that it fails. */
export async function runStep(step: Step): Promise<StepResult> {
  const begun = Date.now();
  const child = spawn(process.execPath, step.arguments, {
    cwd: root,
    env: {
      ...process.env,
      ...step.environment,
      ...(step.isLoud ? {} : { NO_COLOR: "1", FORCE_COLOR: undefined }),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (step.isPatient && child.pid !== undefined) {
    os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
  }
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += String(chunk);
      if (step.isLoud) process.stdout.write(chunk);
    });
  }
  const endWithUs = () => child.kill("SIGTERM");
  process.once("exit", endWithUs);
  const [code] = await once(child, "close");
  process.off("exit", endWithUs);
  return { name: step.name, hasPassed: code === 0, seconds: (Date.now() - begun) / 1000, output };
}

export function describeResult({ name, hasPassed, seconds }: StepResult): string {
  return `  ${hasPassed ? "ok    " : "FAILED"}  ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s`;
}
