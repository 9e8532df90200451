import type { OperationStep } from "@/lib/vocabulary/event-types";
import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import { AppError, assertNever } from "./errors";
import {
  extendLease,
  heartbeatSeconds,
  holdLease,
  LeaseLost,
  restEvent,
  takeLease,
  type Lease,
} from "./leases";
import { logger } from "./logger";
import { notePermitFreed, notePermitRefused } from "./permits";
import { isOutsideFailure, type OutsideFailure } from "./outside-failure";
import { inTransaction, type Tx } from "./transaction";
import { workerId } from "./worker-identity";

const backoffSecondsMax = 30;

/** What the outside work led to; `record` writes it in the outcome's short transaction. */
export type Outcome =
  /** The cluster is busy with it: look again then, unless it reports earlier. */
  | { kind: "waiting"; recheckSeconds: number; steps: OperationStep[]; record?: (tx: Tx) => Promise<void> }
  | { kind: "done"; record: (tx: Tx) => Promise<void> };

export interface EventWork {
  /** Calls outside, idempotently; holds no transaction. */
  run: (lease: Lease, signal: AbortSignal) => Promise<Outcome>;
  /** Records that the operation failed for good, and closes the event. */
  fail: (
    tx: Tx,
    lease: Lease,
    failure: { code: ErrorCode; params: Record<string, unknown> },
  ) => Promise<void>;
  /** How long the operation may take in all, in seconds. */
  timeoutSeconds: (tx: Tx) => Promise<number>;
}

/** Runs one due event under a lease: take, call outside, record; every outcome is conditional on the lease. */
export async function runEvent(eventId: string, work: EventWork): Promise<void> {
  const lease = await takeLease(eventId, workerId);
  if (lease === null) return notePermitRefused();
  const abort = new AbortController();
  const heartbeat = setInterval(() => void keepLease(lease, abort), heartbeatSeconds * 1000);
  try {
    await recordOutcome(lease, work, await work.run(lease, abort.signal));
  } catch (error) {
    await recordFailure(lease, work, error);
  } finally {
    clearInterval(heartbeat);
    if (lease.clusterId !== null) notePermitFreed();
  }
}

async function keepLease(lease: Lease, abort: AbortController): Promise<void> {
  // A database that does not answer leaves the lease to run out; the outcome's write then decides.
  const kept = await extendLease(lease).catch(() => true);
  if (!kept) abort.abort();
}

async function recordOutcome(lease: Lease, work: EventWork, outcome: Outcome): Promise<void> {
  await inTransaction(async (tx) => {
    switch (outcome.kind) {
      case "waiting":
        if (lease.ageSeconds > (await work.timeoutSeconds(tx))) {
          await holdLease(tx, lease);
          return work.fail(tx, lease, {
            code: "OPERATION_TIMED_OUT",
            params: { minutes: lease.ageSeconds / 60 },
          });
        }
        await restEvent(tx, lease, {
          dueInSeconds: outcome.recheckSeconds,
          failed: false,
          steps: outcome.steps,
        });
        return outcome.record?.(tx);
      case "done":
        await holdLease(tx, lease);
        return outcome.record(tx);
      default:
        return assertNever(outcome);
    }
  });
}

async function recordFailure(lease: Lease, work: EventWork, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) return;
  const log = logger("operations").child({ eventId: lease.eventId, requestId: lease.requestId });
  log.warn({ err: error, attempt: lease.attempt }, "operation attempt failed");
  await inTransaction(async (tx) => {
    const verdict = judge(error, lease, await work.timeoutSeconds(tx));
    if (verdict.kind === "again") {
      return restEvent(tx, lease, {
        dueInSeconds: verdict.seconds,
        failed: true,
        steps: [],
        message: verdict.message,
      });
    }
    await holdLease(tx, lease);
    return work.fail(tx, lease, verdict);
  }).catch((lost: unknown) => {
    if (!(lost instanceof LeaseLost)) throw lost;
  });
}

/** Conditions of a cluster or the database that pass by themselves. */
const passingCodes = new Set<ErrorCode>([
  "CLUSTER_UNAVAILABLE",
  "CLUSTER_UNHEALTHY",
  "CLUSTER_REBUILDING",
  "CLUSTER_MAINTENANCE",
  "DATABASE_UNAVAILABLE",
]);

type Verdict =
  | { kind: "again"; seconds: number; message: string }
  | { kind: "final"; code: ErrorCode; params: Record<string, unknown> };

function judge(error: unknown, lease: Lease, timeoutSeconds: number): Verdict {
  if (isOutsideFailure(error) && error.kind === "rejected") {
    return { kind: "final", code: "CLUSTER_REJECTED", params: { message: error.message } };
  }
  if (error instanceof AppError && !passingCodes.has(error.code)) {
    return { kind: "final", code: error.code, params: error.params };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (lease.ageSeconds > timeoutSeconds) {
    return { kind: "final", code: "OPERATION_TIMED_OUT", params: { message, timeoutSeconds } };
  }
  return { kind: "again", seconds: delaySeconds(lease.attempt, error), message };
}

/** Exponential with full jitter in its upper half; what the cluster asked for is the least. */
function delaySeconds(attempt: number, error: unknown): number {
  const backoff = Math.min(backoffSecondsMax, 2 ** Math.min(attempt, 10));
  const jittered = backoff / 2 + (Math.random() * backoff) / 2;
  return Math.max(jittered, isOutsideFailure(error) ? askedFor(error) : 0);
}

function askedFor(failure: OutsideFailure): number {
  return failure.retryAfterSeconds ?? 0;
}
