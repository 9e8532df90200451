import { setTimeout as sleep } from "node:timers/promises";

const delayMsMin = 500;
const delayMsMax = 30_000;

/** Full jitter: anywhere between half a second and a ceiling that doubles with each failure in a row. */
export function backoffMs(failuresInARow: number, retryAfterSeconds = 0): number {
  const ceiling = Math.min(delayMsMax, delayMsMin * 2 ** Math.min(failuresInARow, 10));
  const jittered = delayMsMin + Math.random() * (ceiling - delayMsMin);
  return Math.max(jittered, retryAfterSeconds * 1000);
}

/** Returns early, without a throw, when the signal says so. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
