import { Prisma } from "@/prisma/generated/client";
import { isPlatformAdmin } from "@/lib/access/visible";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { BatchState } from "./machine";

/** One's own, and everybody's for administrators (spec §3). */
export function batchIsVisible(ctx: Context): Prisma.Sql {
  return Prisma.sql`(b.created_by = ${actorId(ctx.actor)} OR ${isPlatformAdmin(ctx)})`;
}

export const batchColumns = Prisma.sql`b.id, b.operation, b.status, b.reason, b.created_by AS "createdBy",
  b.created_by_name AS "createdByName", b.child_count AS "childCount", b.pending_count AS "pendingCount",
  b.success_count AS "successCount", b.failed_count AS "failedCount", b.cancelled_count AS "cancelledCount",
  b.created_at AS "createdAt", b.finished_at AS "finishedAt"`;

export function unknownBatch(): AppError {
  return new AppError("RESOURCE_NOT_FOUND", { resource: "batch" });
}

/** One's own; to anybody else there is none that could be changed. */
export async function requireOwnBatch(
  tx: Tx,
  ctx: Context,
  batchId: string,
): Promise<{ id: string; status: string }> {
  const batch = await tx.batchApprovalTicket.findFirst({
    where: { id: batchId, createdBy: actorId(ctx.actor) },
    select: { id: true, status: true },
  });
  if (batch === null) throw unknownBatch();
  return batch;
}

/** Children of a batch in one of these states, in the order they were asked for. */
export async function listChildIds(tx: Tx, batchId: string, statuses: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM approval_tickets WHERE batch_id = ${batchId} AND status = ANY(${[...statuses]})
    ORDER BY sequence_no`;
  return rows.map(({ id }) => id);
}

/** Submissions of one person stand in line, so that each sees those before it; ends with the transaction. */
export async function lockSubmitter(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`batches of ${userId}`}, 0))`;
}

/** Held from the last count to the commit, and no longer. */
export async function lockAllSubmissions(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('batches of everybody', 0))`;
}

/** The parent as it is now, before the commit draws it. */
export async function readStateNow(tx: Tx, batchId: string): Promise<BatchState> {
  await tx.$executeRaw`SET CONSTRAINTS approval_tickets_recount, batch_decisions_recount IMMEDIATE`;
  const { status } = await tx.batchApprovalTicket.findUniqueOrThrow({
    where: { id: batchId },
    select: { status: true },
  });
  await tx.$executeRaw`SET CONSTRAINTS approval_tickets_recount, batch_decisions_recount DEFERRED`;
  // The database writes states of this machine only.
  return status as BatchState;
}
