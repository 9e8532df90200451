import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

export interface ChildSpec {
  name: string;
  /** Arguments of node. */
  arguments: string[];
  environment: NodeJS.ProcessEnv;
  logFile: string;
  onLine?: (line: string) => void;
  /** Between the request to end and the kill. */
  graceMs?: number;
}

export interface Child {
  pid: number;
  lastLines(): string[];
  /** Resolves with how it ended. */
  exited: Promise<string>;
  end(): Promise<void>;
}

const LINES_KEPT = 15;
const GRACE_MS = 10_000;
const LIFELINE = new URL("end-with-parent.mjs", import.meta.url).href;

/** A node process in a group of its own, so that Ctrl-C reaches it through us and in our order. */
export function startChild(spec: ChildSpec): Child {
  const child = spawn(process.execPath, ["--import", LIFELINE, ...spec.arguments], {
    env: spec.environment,
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  child.stdin.on("error", () => undefined);
  const lines = collectLines(child, spec);
  const exited = waitForExit(child);
  return {
    pid: child.pid ?? 0,
    lastLines: () => lines,
    exited,
    end: () => endChild(child, exited, spec.graceMs ?? GRACE_MS),
  };
}

function collectLines(child: ChildProcess, spec: ChildSpec): string[] {
  const kept: string[] = [];
  const log = fs.createWriteStream(spec.logFile, { flags: "a", mode: 0o600 });
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream, crlfDelay: Infinity }).on("line", (line) => {
      log.write(`${line}\n`);
      kept.push(line);
      if (kept.length > LINES_KEPT) kept.shift();
      spec.onLine?.(line);
    });
  }
  child.once("close", () => log.end());
  return kept;
}

async function waitForExit(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    return signal ? `signal ${signal}` : `code ${code}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function endChild(child: ChildProcess, exited: Promise<string>, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const grace = new AbortController();
  await Promise.race([exited, sleep(graceMs, undefined, { signal: grace.signal }).catch(() => undefined)]);
  grace.abort();
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await exited;
}
