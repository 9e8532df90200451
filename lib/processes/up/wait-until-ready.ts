import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const TIMEOUT_MS = 120_000;

/** What the portal says of itself; another program that took its port says something else. */
const readiness = z.object({
  status: z.literal("ok"),
  parts: z.object({ database: z.string(), worker: z.string() }),
});

/** Asks the portal's own readiness until it says yes. */
export async function waitUntilReady(address: string, signal: AbortSignal): Promise<void> {
  const url = `${address}/api/health/ready`;
  let last = "no answer";
  for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await sleep(200, undefined, { signal })) {
    last = await ask(url);
    if (last === "ready") return;
  }
  throw new Error(`The portal did not become ready in ${TIMEOUT_MS / 1000} s. ${url} last said: ${last}`);
}

async function ask(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" });
    const text = await response.text();
    const isReady = response.ok && readiness.safeParse(readJson(text)).success;
    return isReady ? "ready" : `${response.status} ${text.slice(0, 500)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
