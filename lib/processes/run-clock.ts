import { enqueueOnce } from "@/lib/core/jobs";
import { logger } from "@/lib/core/logger";
import { findDueEvents } from "@/lib/core/sweep";
import { removeOldQuestions } from "@/lib/core/worker-questions";
import { purgeIdentity } from "@/lib/identity/purge-identity";
import { closeRequestJob } from "@/lib/requests/jobs";
import { listUnclosedRequests } from "@/lib/requests/queries";
import { schedule } from "./schedule";
import { workOf } from "./subscriptions";

const sweepMs = 500;
const sweptAgainSeconds = 5;
const tidyMs = 300_000;
const purgeMs = 3_600_000;

/**
 * The clock and the sweep of one worker, until the signal ends. Every worker runs them: the queue takes one job per
 * key and period, so that many clocks tick as one.
 */
export function runClock(signal: AbortSignal): void {
  repeat(signal, sweepMs, sweep);
  repeat(signal, tidyMs, removeOldQuestions);
  repeat(signal, purgeMs, purgeIdentity);
  for (const { everySeconds, tick } of schedule) repeat(signal, everySeconds * 1000, tick);
}

/** Due work nobody holds, and ends nobody heard of, go back into the queue, whatever became of their first jobs. */
async function sweep(): Promise<void> {
  for (const payload of await listUnclosedRequests()) {
    await enqueueOnce(closeRequestJob, payload, { key: payload.eventId, withinSeconds: sweptAgainSeconds });
  }
  for (const event of await findDueEvents()) {
    const job = workOf[event.eventType];
    if (job === undefined) continue;
    await enqueueOnce(job, { eventId: event.id }, { key: event.turn, withinSeconds: sweptAgainSeconds });
  }
}

function repeat(signal: AbortSignal, everyMs: number, work: () => Promise<void>): void {
  const run = async () => {
    if (signal.aborted) return;
    await work().catch((error: unknown) => logger("clock").warn({ err: error }, "clock work failed"));
    if (!signal.aborted) setTimeout(() => void run(), everyMs).unref();
  };
  void run();
}
