import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

const stackSchema = z.object({
  url: z.string(),
  accounts: z.array(z.object({ username: z.string(), password: z.string().nullish(), role: z.string() })),
  ports: z.record(z.string(), z.number()),
  pids: z.record(z.string(), z.number()),
  databaseUrl: z.string(),
  logs: z.string(),
  lab: z.looseObject({
    url: z.string(),
    kubeconfig: z.string(),
    /** A cluster with other hardware, which nobody has registered. */
    second: z.object({ name: z.string(), url: z.string(), kubeconfig: z.string() }),
  }),
  directory: z
    .looseObject({
      people: z.array(z.object({ username: z.string(), password: z.string() })),
      control: z.object({ url: z.string() }),
      /** What could not be started, each with the reason. */
      absent: z.array(z.string()),
    })
    .optional(),
});

/** A whole Shepherd with its lab, as `npm run up` starts it. */
export type Stack = z.output<typeof stackSchema>;

export interface RunningStack extends Stack {
  stop(): Promise<void>;
}

const VARIABLE = "SHEPHERD_STACK";
// What somebody has set for a Shepherd of their own is not meant for this one.
const OWN_VARIABLES = ["DATABASE_URL", "DATABASE_SESSION_URL", "HOST", "PORT", "PUBLIC_BASE_URL", "NODE_ENV"];
const root = path.resolve(import.meta.dirname, "..");

/** The stack that this run's global setup has started. */
export function readStack(): Stack {
  const text = process.env[VARIABLE];
  if (!text) throw new Error("No stack runs: start the journeys by npm run test:e2e.");
  return stackSchema.parse(JSON.parse(text));
}

export function shareStack(stack: Stack): void {
  process.env[VARIABLE] = JSON.stringify(stackSchema.parse(stack));
}

/** Starts the product in a new data folder on free ports, exactly as a newcomer would. */
export async function startStack(extraOptions: string[] = []): Promise<RunningStack> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-stack-"));
  // PostgreSQL runs under another account when we are root, and has to get in.
  fs.chmodSync(folder, 0o755);
  const options = ["--json", "--any-ports", "--data-dir", folder, ...extraOptions];
  const environment = { ...process.env };
  for (const name of OWN_VARIABLES) Reflect.deleteProperty(environment, name);
  const program = [
    "--import",
    "./lib/processes/up/end-with-parent.mjs",
    "--import",
    "tsx",
    "lib/processes/up.ts",
  ];
  const up = spawn(process.execPath, [...program, ...options], {
    cwd: root,
    env: environment,
    stdio: "pipe",
  });
  let words = "";
  up.stderr.on("data", (chunk: Buffer) => (words = (words + String(chunk)).slice(-8000)));
  const exited = new Promise<void>((resolve) => up.once("exit", () => resolve()));
  const stop = async () => {
    up.kill("SIGTERM");
    await exited;
    fs.cpSync(path.join(folder, "logs"), path.join(root, "test-results", logsFolder()), { recursive: true });
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const lines = createInterface({ input: up.stdout });
  const news = await Promise.race([firstLine(lines), exited.then(() => undefined)]);
  if (!news) throw new Error(`Shepherd did not start:\n${words}\nIts logs are in ${folder}/logs.`);
  return { ...stackSchema.parse(JSON.parse(news)), stop };
}

function logsFolder(): string {
  return `stack-logs-${process.env["JOURNEY_LANE"] ?? "all"}`;
}

async function firstLine(lines: AsyncIterable<string>): Promise<string | undefined> {
  for await (const line of lines) return line;
  return undefined;
}
