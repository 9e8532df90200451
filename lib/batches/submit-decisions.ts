import { Prisma } from "@/prisma/generated/client";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { approveMany } from "@/lib/requests/queue/approve-many";
import type { ItemResult } from "@/lib/requests/queue/schema";
import { requireDecider, unknownTicket } from "@/lib/requests/require-decider";
import type { BatchState } from "./machine";
import { answerOf, findSubmitted, openBatch, type NewBatch } from "./open-batch";
import { requireItemCount } from "./rules";
import type { BatchSubmitted, SubmitDecisions } from "./schema";
import { lockSubmitter } from "./store";

const atOnceMax = 4;

/**
 * Up to twenty approvals at once: the batch is written first, then each is checked and decided alone, and its result is
 * kept as it comes, so the batch's page shows how far it is (spec §5.17).
 * @throws IDEMPOTENCY_MISMATCH, MFA_REQUIRED before any of them, where one is for production
 */
export async function submitDecisions(ctx: Context, input: SubmitDecisions): Promise<BatchSubmitted> {
  requireItemCount("APPROVE", input.items.length);
  const { items, comment = "", requestId } = input;
  const batch: NewBatch = {
    ...{ operation: "APPROVE", reason: comment, requestId, childCount: items.length },
    body: { comment, items },
  };
  const opened = await inTransaction(async (tx) => {
    await lockSubmitter(tx, actorId(ctx.actor));
    const before = await findSubmitted(tx, ctx, batch);
    if (before !== null) return { before };
    await requireOneToDecide(tx, ctx, items);
    return { batchId: await openDecisions(tx, ctx, batch, items), before };
  });
  if (opened.before !== null) return opened.before;
  for (let start = 0; start < items.length; start += atOnceMax) {
    const few = items.slice(start, start + atOnceMax);
    await Promise.all(few.map((item) => decideOne(ctx, opened.batchId, { item, comment })));
  }
  return answerOf(opened.batchId, await readState(opened.batchId));
}

/** Nobody opens a batch of decisions of which they may take none. */
async function requireOneToDecide(tx: Tx, ctx: Context, items: SubmitDecisions["items"]): Promise<void> {
  const tickets = await tx.approvalTicket.findMany({
    where: { id: { in: items.map(({ ticketId }) => ticketId) } },
  });
  let refusal: unknown = unknownTicket();
  for (const ticket of tickets) {
    try {
      await requireDecider(tx, ctx, ticket);
      return;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

async function openDecisions(
  tx: Tx,
  ctx: Context,
  batch: NewBatch,
  items: SubmitDecisions["items"],
): Promise<string> {
  const batchId = await openBatch(tx, ctx, batch);
  await tx.batchDecision.createMany({
    data: items.map(({ ticketId }, index) => ({ batchId, sequenceNo: index + 1, ticketId })),
  });
  return batchId;
}

/** A decision that was taken stands, whatever becomes of its result. */
async function decideOne(
  ctx: Context,
  batchId: string,
  { item, comment }: { item: SubmitDecisions["items"][number]; comment: string },
): Promise<void> {
  const { results } = await approveMany(ctx, { items: [item], ...(comment === "" ? {} : { comment }) }).catch(
    asRefusal(item.ticketId),
  );
  const [result] = results;
  if (result === undefined) return;
  await db().batchDecision.update({
    where: { batchId_ticketId: { batchId, ticketId: item.ticketId } },
    data: { status: result.ok ? "SUCCESS" : "FAILED", decidedAt: new Date(ctx.now), ...refusalOf(result) },
    select: { batchId: true },
  });
}

/** A second factor that is missing for production refuses that one item; those for test are decided all the same. */
function asRefusal(ticketId: string) {
  return (error: unknown): { results: ItemResult[] } => {
    if (!(error instanceof AppError)) throw error;
    return { results: [{ ticketId, ok: false, code: error.code, params: error.params }] };
  };
}

function refusalOf({ code, params }: ItemResult) {
  // Error parameters are words and numbers of our own, which are JSON.
  return { errorCode: code, errorParams: code === null ? Prisma.DbNull : (params as Prisma.InputJsonObject) };
}

async function readState(batchId: string): Promise<BatchState> {
  const { status } = await db().batchApprovalTicket.findUniqueOrThrow({
    where: { id: batchId },
    select: { status: true },
  });
  // The database writes states of the machine only.
  return status as BatchState;
}
