import { setTimeout as wait } from "node:timers/promises";

/** Asks until there is an answer; the last refusal when the time is over. */
export async function waitUntil<Found>(
  what: string,
  ask: () => Promise<Found | null | undefined | false>,
  { timeoutMs = 15_000, everyMs = 50 } = {},
): Promise<Found> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = await ask();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`after ${timeoutMs / 1000} s: still waiting until ${what}`);
    await wait(everyMs);
  }
}
