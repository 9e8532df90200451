import { AppError, fieldRefused } from "@/lib/core/errors";
import type { SubmitRequest } from "@/lib/requests/schema";
import type { BatchState } from "./machine";
import type { BatchLimits, BatchOperation, LimitUsage, SubmitBatch } from "./schema";

/** How many items one batch may hold (spec §5.17). */
export const itemsMax: Record<BatchOperation, number> = {
  CREATE: 10,
  DELETE: 10,
  MODIFY: 10,
  POWER: 50,
  APPROVE: 20,
};

export function requireItemCount(operation: BatchOperation, count: number): void {
  const maximum = itemsMax[operation];
  if (count < 1) throw fieldRefused("items", "too_few", { minimum: 1 });
  if (count > maximum) throw fieldRefused("items", "too_many", { maximum });
}

/** Each item as the request it would be on its own; the batch's reason is everybody's. */
export function requestsOf(batch: SubmitBatch): SubmitRequest[] {
  const { reason } = batch;
  switch (batch.operation) {
    case "CREATE":
      return batch.items.map((item) => ({ ...item, operation: "CREATE_VM", reason }));
    case "DELETE":
      return batch.items.map((item) => ({ ...item, operation: "DELETE_VM", reason }));
    case "MODIFY":
      return batch.items.map((item) => ({ ...item, operation: "MODIFY_VM", reason }));
    case "POWER":
      return batch.items.map((item) => ({ ...item, reason }));
  }
}

/** Which item was refused, beside why. */
export function refusedItem(error: AppError, sequenceNo: number): AppError {
  const fields = error.fields.map((field) => ({ ...field, field: `items.${sequenceNo}.${field.field}` }));
  return new AppError(error.code, { ...error.params, item: sequenceNo + 1 }, fields);
}

/**
 * Before anything is opened: who has asked a moment ago, or has enough open, waits.
 * @throws RATE_LIMIT_EXCEEDED {limitType, limit, currentValue, maxValue, retryAfter, contactAdmin}
 */
export function requireWithinLimits(limits: BatchLimits, usage: LimitUsage): void {
  const { openBatchesOfAll, openBatches, waitingChildren, secondsSinceLast } = usage;
  if (openBatchesOfAll >= limits.openBatchesOfAllMax)
    throw limitReached("global", "open_batches", [openBatchesOfAll, limits.openBatchesOfAllMax]);
  if (limits.isExempt) return;
  const waits = secondsSinceLast === null ? 0 : Math.ceil(limits.cooldownSeconds - secondsSinceLast);
  if (waits > 0) throw limitReached("user", "cooldown", [1, 1], waits);
  if (openBatches >= limits.openBatchesMax)
    throw limitReached("user", "open_batches", [openBatches, limits.openBatchesMax]);
  if (waitingChildren >= limits.waitingChildrenMax)
    throw limitReached("user", "waiting_requests", [waitingChildren, limits.waitingChildrenMax]);
}

/** With this batch counted in: two that were opened at once are both counted by the later one. */
export function requireStillWithinLimits(limits: BatchLimits, usage: LimitUsage): void {
  if (usage.openBatchesOfAll > limits.openBatchesOfAllMax)
    throw limitReached("global", "open_batches", [usage.openBatchesOfAll, limits.openBatchesOfAllMax]);
  if (limits.isExempt || usage.waitingChildren <= limits.waitingChildrenMax) return;
  throw limitReached("user", "waiting_requests", [usage.waitingChildren, limits.waitingChildrenMax]);
}

/** When an open batch ends nobody knows; a minute is a fair time to ask again. */
const askAgainSeconds = 60;

function limitReached(
  limitType: "global" | "user",
  limit: "open_batches" | "waiting_requests" | "cooldown",
  [currentValue, maxValue]: [number, number],
  retryAfter = askAgainSeconds,
): AppError {
  return new AppError("RATE_LIMIT_EXCEEDED", {
    limitType,
    limit,
    currentValue,
    maxValue,
    retryAfter,
    contactAdmin: limitType === "user",
  });
}

export interface ChildCounts {
  /** Waiting for a decision; a part of the pending ones. */
  undecided: number;
  pending: number;
  success: number;
  /** Rejected ones too (spec §4). */
  failed: number;
  cancelled: number;
}

/** Spec §4 Batch parent, as the database draws it; pages and checks say it again with this. */
export function batchStateOf({ undecided, pending, success, failed }: ChildCounts): BatchState {
  if (pending > 0)
    return undecided === pending && success + failed === 0 ? "PENDING_APPROVAL" : "IN_PROGRESS";
  if (success + failed === 0) return "CANCELLED";
  if (failed === 0) return "COMPLETED";
  return success === 0 ? "FAILED" : "PARTIAL_SUCCESS";
}
