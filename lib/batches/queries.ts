import { Prisma } from "@/prisma/generated/client";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import { listBatchedRequests, type BatchedRequest } from "@/lib/requests/batched/queries";
import type { BatchState } from "./machine";
import { batchChild, type BatchChild, type BatchDetail, type BatchFilter, type BatchRow } from "./schema";
import { batchColumns, batchIsVisible, unknownBatch } from "./store";

/** One's own, newest first; everybody's for administrators (spec §3). */
export async function listBatches(ctx: Context, filter: BatchFilter): Promise<Page<BatchRow>> {
  const key = readTimeCursor(filter.cursor);
  const conditions = [
    filter.mine === true ? Prisma.sql`b.created_by = ${actorId(ctx.actor)}` : batchIsVisible(ctx),
    filter.operation === undefined ? Prisma.sql`TRUE` : Prisma.sql`b.operation = ${filter.operation}`,
    filter.status === undefined ? Prisma.sql`TRUE` : Prisma.sql`b.status = ${filter.status}`,
    key === null ? Prisma.sql`TRUE` : Prisma.sql`(b.created_at, b.id) < (${key[0]}, ${key[1]})`,
  ];
  const rows = await db().$queryRaw<BatchRow[]>`
    SELECT ${batchColumns} FROM batch_approval_tickets b WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY b.created_at DESC, b.id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.createdAt.toISOString(), row.id]);
}

/**
 * One batch with its children: whole for whoever may see the batch; for others, such as an approver, with those children
 * they may see, and where there are none there is no batch.
 */
export async function readBatch(ctx: Context, batchId: string): Promise<BatchDetail> {
  const [rows, requests] = await Promise.all([
    db().$queryRaw<(BatchRow & { isVisible: boolean })[]>`
      SELECT ${batchColumns}, ${batchIsVisible(ctx)} AS "isVisible" FROM batch_approval_tickets b
      WHERE b.id = ${batchId}`,
    listBatchedRequests(ctx, batchId),
  ]);
  const [found] = rows;
  if (found === undefined || (!found.isVisible && requests.length === 0)) throw unknownBatch();
  const { isVisible: _visible, ...batch } = found;
  const isOwn = batch.createdBy === actorId(ctx.actor);
  const children = batch.operation === "APPROVE" ? await listDecisions(ctx, batchId) : requests.map(childOf);
  const has = (status: string) => children.some((child) => child.status === status);
  return {
    ...batch,
    isOwn,
    canRetry: isOwn && batch.operation !== "APPROVE" && has("FAILED"),
    canCancel: isOwn && batch.operation !== "APPROVE" && has("PENDING"),
    canDecide: requests.some(({ waitsForMe }) => waitsForMe),
    children,
  };
}

function childOf({
  lastError,
  eventMessage,
  isOwn: _own,
  waitsForMe: _waits,
  ...child
}: BatchedRequest): BatchChild {
  const error = child.status === "FAILED" ? (lastError ?? wordsOf(eventMessage)) : null;
  return batchChild.parse({ ...child, error: error && { ...error, params: {} } });
}

function wordsOf(message: string | null): { code: string; message: string } | null {
  return message === null ? null : { code: "CLUSTER_UNAVAILABLE", message };
}

type DecisionRow = Omit<BatchChild, "error" | "rejectReason" | "attemptCount"> & {
  errorCode: string | null;
  errorParams: Record<string, unknown> | null;
};

/** Decisions taken together, with what each was about; the batch is the decider's own, or an administrator looks. */
async function listDecisions(ctx: Context, batchId: string): Promise<BatchChild[]> {
  const rows = await db().$queryRaw<DecisionRow[]>`
    SELECT d.sequence_no AS "sequenceNo", d.ticket_id AS "ticketId", k.event_id AS "eventId", k.operation, d.status,
      k.resource_id AS "resourceId", k.resource_name AS "resourceName", k.system_name AS "systemName",
      k.service_name AS "serviceName", k.environment, k.requester_name AS "requesterName",
      d.error_code AS "errorCode", d.error_params AS "errorParams", d.decided_at AS "finishedAt"
    FROM batch_decisions d JOIN batch_approval_tickets b ON b.id = d.batch_id AND ${batchIsVisible(ctx)}
    JOIN approval_tickets k ON k.id = d.ticket_id
    WHERE d.batch_id = ${batchId} ORDER BY d.sequence_no`;
  return rows.map(({ errorCode, errorParams, ...row }) =>
    batchChild.parse({
      ...row,
      attemptCount: 1,
      rejectReason: null,
      error: errorCode === null ? null : { code: errorCode, message: "", params: errorParams ?? {} },
    }),
  );
}

/** What waits in a batch and may be seen; whether each may be decided is asked of each. */
export async function listDecidable(
  ctx: Context,
  batchId: string,
): Promise<{ status: BatchState; ticketIds: string[] }> {
  const { status, children } = await readBatch(ctx, batchId);
  return {
    status,
    ticketIds: children.filter((child) => child.status === "PENDING").map(({ ticketId }) => ticketId),
  };
}

/** Ends that nobody was told of yet: for the clock. */
export async function listUntoldBatches(): Promise<{ batchId: string }[]> {
  return db().$queryRaw<{ batchId: string }[]>`
    SELECT id AS "batchId" FROM batch_approval_tickets WHERE finished_at IS NOT NULL AND told_at IS NULL
    ORDER BY finished_at LIMIT 100`;
}

/** Decisions whose process ended before it came to them: for the clock. */
export async function listAbandonedBatches(): Promise<{ batchId: string }[]> {
  return db().$queryRaw<{ batchId: string }[]>`
    SELECT id AS "batchId" FROM batch_approval_tickets
    WHERE finished_at IS NULL AND operation = 'APPROVE' AND updated_at < now() - interval '5 minutes' LIMIT 100`;
}
