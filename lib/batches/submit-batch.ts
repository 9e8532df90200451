import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { openRequest } from "@/lib/requests/open-request";
import type { SubmitRequest } from "@/lib/requests/schema";
import { readLimits, readUsage } from "./limits/queries";
import { answerOf, findSubmitted, openBatch, type NewBatch } from "./open-batch";
import {
  refusedItem,
  requestsOf,
  requireItemCount,
  requireStillWithinLimits,
  requireWithinLimits,
} from "./rules";
import type { BatchSubmitted, SubmitBatch } from "./schema";
import { lockAllSubmissions, lockSubmitter, readStateNow } from "./store";

/**
 * Parent, children and their events in one transaction or none (spec §5.17); each child goes through the funnel alone, so
 * policy asks or runs item by item. The same name again answers as the first time.
 * @throws RATE_LIMIT_EXCEEDED, IDEMPOTENCY_MISMATCH, and what the funnel refuses with {item}, counted from one
 */
export async function submitBatch(ctx: Context, input: SubmitBatch): Promise<BatchSubmitted> {
  requireItemCount(input.operation, input.items.length);
  const { operation, reason, requestId, items } = input;
  const batch: NewBatch = {
    operation,
    reason,
    requestId,
    body: { operation, reason, items },
    childCount: items.length,
  };
  try {
    return await inTransaction(async (tx) => {
      await lockSubmitter(tx, actorId(ctx.actor));
      return (await findSubmitted(tx, ctx, batch)) ?? openAll(tx, ctx, batch, requestsOf(input));
    });
  } catch (error) {
    // A single request for the same thing was a moment earlier; the partial key let that one through.
    if (!isUniqueViolation(error, "approval_tickets_one_pending")) throw error;
    throw new AppError("DUPLICATE_PENDING_REQUEST", { operation });
  }
}

async function openAll(
  tx: Tx,
  ctx: Context,
  batch: NewBatch,
  requests: readonly SubmitRequest[],
): Promise<BatchSubmitted> {
  const limits = await readLimits(tx, ctx);
  requireWithinLimits(limits, await readUsage(tx, ctx));
  const batchId = await openBatch(tx, ctx, batch);
  for (const [index, request] of requests.entries()) {
    await openRequest(tx, ctx, request, { batch: { id: batchId, sequenceNo: index + 1 } }).catch(
      (error: unknown) => {
        throw error instanceof AppError ? refusedItem(error, index) : error;
      },
    );
  }
  await lockAllSubmissions(tx);
  const status = await readStateNow(tx, batchId);
  requireStillWithinLimits(limits, await readUsage(tx, ctx));
  return answerOf(batchId, status);
}
