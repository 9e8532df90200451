import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { isOutsideFailure } from "@/lib/core/outside-failure";
import { inTransaction } from "@/lib/core/transaction";
import type { DeskStatus, DeskVerdict } from "@/lib/vocabulary/approval-desks";
import { lockTicket } from "../store";
import { connectDesk, type Exchange } from "./connect-desk";
import { returnToQueue, routeOnward } from "./route-onward";
import { pollDelaySeconds } from "./rules";
import { findDesk, isOpen, lockRequest, recordDelivery, type DeskSettings } from "./store";
import { deskContext, takeDecision } from "./take-decision";

/** Asks a desk how a request stands; what it has decided is taken in as if it had called. */
export async function checkRequest({ requestId }: { requestId: string }): Promise<void> {
  const request = await takeTurn(requestId);
  if (request === null) return;
  const desk = await findDesk(db(), request.externalSystemId);
  const connected = await connectDesk(desk);
  if (connected.desk.checkStatus === null) return;
  const { ticketId, reference, externalId } = request;
  const status = await askDesk(
    () => connected.desk.checkStatus?.({ ticketId, reference, externalId }) ?? null,
  );
  await recordAnswer({ requestId, ticketId, desk, status, exchange: connected.exchange() });
  if (status instanceof Error || status === null) return;
  const ctx = deskContext(platformContext("worker"), desk);
  if (status.meaning === "decided") await takeIn(ctx, desk, { requestId, verdict: status.verdict });
  if (status.meaning === "cancelled") await giveUp(ctx, requestId, status.word);
}

/** The next time is set before this one, so that two clocks do not ask at once. */
async function takeTurn(requestId: string) {
  const rows = await db().$queryRaw<
    { externalSystemId: string; ticketId: string; externalId: string | null; reference: string }[]
  >`
    UPDATE external_approval_requests SET next_poll_at = now() + interval '3 minutes'
    WHERE id = ${requestId} AND status = 'waiting' AND next_poll_at <= now()
    RETURNING external_system_id AS "externalSystemId", ticket_id AS "ticketId", external_id AS "externalId", reference`;
  return rows[0] ?? null;
}

async function askDesk(ask: () => Promise<DeskStatus> | null): Promise<DeskStatus | Error | null> {
  try {
    return await ask();
  } catch (error) {
    if (isOutsideFailure(error)) return error;
    throw error;
  }
}

interface Answer {
  requestId: string;
  ticketId: string;
  desk: DeskSettings;
  status: DeskStatus | Error | null;
  exchange: Exchange;
}

/** An answer that says "not yet" is no news, and stands in no log. */
async function recordAnswer({ requestId, ticketId, desk, status, exchange }: Answer): Promise<void> {
  const failed = status instanceof Error;
  await inTransaction(async (tx) => {
    const request = await lockRequest(tx, requestId);
    const failures = failed ? request.pollFailures + 1 : 0;
    const delay = pollDelaySeconds(desk.pollSeconds, failures);
    await tx.$executeRaw`
      UPDATE external_approval_requests SET poll_failures = ${failures}, last_error = ${failed ? status.message : null},
        next_poll_at = CASE status WHEN 'waiting' THEN now() + make_interval(secs => ${delay}) END
      WHERE id = ${requestId}`;
    if (!failed && status?.meaning === "pending") return;
    const outcome = failed ? "failed" : "delivered";
    const error = exchange.error ?? (failed ? status.message : null);
    await recordDelivery(tx, {
      ...{ deskId: desk.id, requestId, ticketId, kind: "poll", outcome },
      ...exchange,
      error,
    });
  });
}

/** A desk that was asked cannot be told no: what is refused for good is decided here instead. */
async function takeIn(
  ctx: Context,
  desk: DeskSettings,
  decision: { requestId: string; verdict: DeskVerdict },
): Promise<void> {
  try {
    await takeDecision(ctx, desk, { ...decision, choices: {} });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // What is refused for good has sent the request to the queue already; the rest passes until the next time.
    logger("desks").warn({ code: error.code, requestId: decision.requestId }, "a decision was not taken in");
    if (error.code === "SELF_APPROVAL_FORBIDDEN") await refuseOwn(ctx, decision.requestId);
  }
}

async function refuseOwn(ctx: Context, requestId: string): Promise<void> {
  await inTransaction(async (tx) => {
    const { ticketId } = await tx.externalApprovalRequest.findUniqueOrThrow({ where: { id: requestId } });
    const ticket = await lockTicket(tx, ticketId);
    const request = await lockRequest(tx, requestId);
    if (!isOpen(request)) return;
    const message = "the requester decided their own request at the desk";
    await returnToQueue(tx, ctx, { ticket, request, reason: "own_request", message });
  });
}

async function giveUp(ctx: Context, requestId: string, word: string): Promise<void> {
  await inTransaction(async (tx) => {
    const { ticketId } = await tx.externalApprovalRequest.findUniqueOrThrow({ where: { id: requestId } });
    const ticket = await lockTicket(tx, ticketId);
    const request = await lockRequest(tx, requestId);
    if (!isOpen(request)) return;
    const message = `the desk says: ${word}`;
    await routeOnward(tx, ctx, { ticket, request, reason: "cancelled_outside", message });
  });
}
