import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "./child-process";

export interface Supervised {
  name: string;
  pid(): number;
  end(): Promise<void>;
}

export interface Watcher {
  onCrash(text: string): void;
  /** Called once, when starting again makes no sense any more. */
  onGiveUp(text: string): void;
}

export interface Supervision extends Watcher {
  name: string;
  first: Child;
  start(): Child | Promise<Child>;
  /** Before the first new start; each further one waits twice as long. */
  pauseMs?: number;
}

const RESTARTS_MAX = 5;
const HEALTHY_MS = 60_000;

/** Keeps a child running: a crash is reported with its last words and answered by a new start, up to five times. */
export function supervise({ name, first, start, pauseMs = 1_000, ...watcher }: Supervision): Supervised {
  let child = first;
  const ending = new AbortController();
  const kept = keepRunning();
  return {
    name,
    pid: () => child.pid,
    end: async () => {
      ending.abort();
      await child.end();
      await kept;
    },
  };

  async function keepRunning() {
    for (let restarts = 0; ; restarts++) {
      const begun = Date.now();
      const how = await child.exited;
      if (ending.signal.aborted) return;
      if (Date.now() - begun > HEALTHY_MS) restarts = 0;
      const words = describeCrash(name, how, child.lastLines());
      if (restarts === RESTARTS_MAX)
        return watcher.onGiveUp(`${words}\nIt was started ${RESTARTS_MAX + 1} times.`);
      const wait = pauseMs * 2 ** restarts;
      watcher.onCrash(`${words}\nStarting it again in ${wait / 1000} s.`);
      await sleep(wait, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
      child = await startOrFail(start);
      // The end may have been asked for while the start was under way.
      if (ending.signal.aborted) return child.end();
    }
  }
}

async function startOrFail(start: Supervision["start"]): Promise<Child> {
  try {
    return await start();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const exited = Promise.resolve("it could not be started");
    return { pid: 0, lastLines: () => words.split("\n"), exited, end: () => Promise.resolve() };
  }
}

function describeCrash(name: string, how: string, lines: string[]): string {
  const words = lines.map((line) => `    ${line}`).join("\n");
  return `The ${name} process ended (${how}).${words ? ` Its last lines:\n${words}` : ""}`;
}
