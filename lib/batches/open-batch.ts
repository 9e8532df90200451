import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { hashOf, newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import type { BatchState } from "./machine";
import type { BatchOperation, BatchSubmitted } from "./schema";

const retryAfterSeconds = 2;

export interface NewBatch {
  operation: BatchOperation;
  reason: string;
  requestId: string | undefined;
  /** Everything that was asked, as it was parsed: another body under the same name is another wish. */
  body: unknown;
  childCount: number;
}

/**
 * What this person submitted under the same name before, if anything.
 * @throws IDEMPOTENCY_MISMATCH where it was something else
 */
export async function findSubmitted(tx: Tx, ctx: Context, batch: NewBatch): Promise<BatchSubmitted | null> {
  if (batch.requestId === undefined) return null;
  const before = await tx.batchApprovalTicket.findUnique({
    where: { createdBy_requestId: { createdBy: actorId(ctx.actor), requestId: batch.requestId } },
    select: { id: true, bodyHash: true, status: true },
  });
  if (before === null) return null;
  if (before.bodyHash !== hashOf(batch.body)) {
    throw new AppError("IDEMPOTENCY_MISMATCH", { requestId: batch.requestId, batchId: before.id });
  }
  // Rows hold states of the machine only.
  return answerOf(before.id, before.status as BatchState);
}

/** A step: the parent, before its children. */
export async function openBatch(tx: Tx, ctx: Context, batch: NewBatch): Promise<string> {
  const id = newId();
  await tx.batchApprovalTicket.create({
    data: {
      id,
      operation: batch.operation,
      reason: batch.reason,
      requestId: batch.requestId ?? id,
      bodyHash: hashOf(batch.body),
      createdBy: actorId(ctx.actor),
      createdByName: shownName(ctx.actor),
      childCount: batch.childCount,
      pendingCount: batch.childCount,
    },
    select: { id: true },
  });
  await recordAudit(tx, ctx, {
    action: "batch.submit",
    resource: { type: "batch", id },
    details: { operation: batch.operation, items: batch.childCount, reason: batch.reason },
  });
  return id;
}

export function answerOf(batchId: string, status: BatchState): BatchSubmitted {
  return { batchId, status, statusUrl: `/api/v1/vms/batch/${batchId}`, retryAfterSeconds };
}
