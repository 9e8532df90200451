import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { isDatabaseUnavailable } from "@/lib/core/database-failures";
import { enqueue } from "@/lib/core/jobs";
import { logger } from "@/lib/core/logger";
import { isOutsideFailure } from "@/lib/core/outside-failure";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { DeskReceipt } from "@/lib/vocabulary/approval-desks";
import { lockTicket } from "../store";
import { connectDesk, type Exchange } from "./connect-desk";
import { sendRequestJob } from "./jobs";
import { renderQuestion } from "./render-question";
import { routeOnward } from "./route-onward";
import { retryDelaySeconds } from "./rules";
import { findDesk, lockRequest, recordDelivery, type DeskSettings, type OutsideRequest } from "./store";

/** Beyond the desk's own limit: the time the answer needs to be written. */
const leaseMarginSeconds = 15;

/** Sends a request to its desk; who finds it leased leaves it to whoever sends it. */
export async function sendRequest({ requestId }: { requestId: string }): Promise<void> {
  const taken = await takeTurn(requestId);
  if (taken === null) return;
  const { desk, attempt } = taken;
  const { sent, exchange } = await pushOut(taken);
  await settle({ requestId, desk, attempt, sent, exchange });
}

interface Turn {
  ticketId: string;
  reference: string;
  desk: DeskSettings;
  attempt: number;
}

/** The attempt counts before it is made, so that one that never came back is known to have been made. */
async function takeTurn(requestId: string): Promise<Turn | null> {
  const request = await db().externalApprovalRequest.findUnique({ where: { id: requestId } });
  if (request?.status !== "sending") return null;
  const desk = await findDesk(db(), request.externalSystemId);
  // Some walls make three calls for one submission; the column rounds its time, and a job comes to the millisecond.
  const leaseSeconds = 3 * desk.timeoutSeconds + leaseMarginSeconds;
  const rows = await db().$queryRaw<{ attempts: number }[]>`
    UPDATE external_approval_requests
    SET attempts = attempts + 1, lease_until = now() + make_interval(secs => ${leaseSeconds})
    WHERE id = ${requestId} AND status = 'sending' AND next_attempt_at <= now() + interval '100 milliseconds'
      AND (lease_until IS NULL OR lease_until < now())
    RETURNING attempts`;
  if (rows[0] === undefined) return null;
  return { ticketId: request.ticketId, reference: request.reference, desk, attempt: rows[0].attempts };
}

type Sent = { kind: "arrived"; receipt: DeskReceipt } | { kind: "passing" | "refused"; message: string };

/** What goes wrong here itself, such as a secret that does not open, is a failed try as well, so that it ends. */
async function pushOut({ ticketId, reference, desk, attempt }: Turn): Promise<Pushed> {
  let exchange = () => unsaid;
  try {
    const ticket = await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
    const connected = await connectDesk(desk);
    exchange = connected.exchange;
    const question = renderQuestion(ticket, { deskId: desk.id, reference });
    const receipt = await connected.desk.submit(question, attempt > 1);
    return { sent: { kind: "arrived", receipt }, exchange: exchange() };
  } catch (error) {
    return { sent: failureOf(error, ticketId), exchange: exchange() };
  }
}

interface Pushed {
  sent: Sent;
  exchange: Exchange;
}

const unsaid: Exchange = {
  ...{ statusCode: null, durationMs: 0, requestBody: null, responseExcerpt: null, error: "nothing was sent" },
};

function failureOf(error: unknown, ticketId: string): Sent {
  if (isOutsideFailure(error))
    return { kind: error.kind === "unavailable" ? "passing" : "refused", message: error.message };
  if (isDatabaseUnavailable(error)) throw error;
  logger("desks").error({ err: error, ticketId }, "a request could not be sent");
  return { kind: "passing", message: "the request could not be made" };
}

interface Outcome {
  requestId: string;
  desk: DeskSettings;
  attempt: number;
  sent: Sent;
  exchange: Exchange;
}

async function settle({ requestId, desk, attempt, sent, exchange }: Outcome): Promise<void> {
  const ctx = platformContext("worker");
  await inTransaction(async (tx) => {
    const { ticketId } = await tx.externalApprovalRequest.findUniqueOrThrow({ where: { id: requestId } });
    const ticket = await lockTicket(tx, ticketId);
    const request = await lockRequest(tx, requestId);
    await recordDelivery(tx, {
      ...{ deskId: desk.id, requestId, ticketId, kind: "push", attempt },
      outcome: sent.kind === "arrived" ? "delivered" : "failed",
      ...exchange,
    });
    if (sent.kind === "arrived") return recordArrival(tx, request, { desk, receipt: sent.receipt });
    if (request.status !== "sending") return;
    const delay = sent.kind === "refused" ? null : retryDelaySeconds(desk, attempt);
    if (delay !== null) return tryLater(tx, request, { delay, message: sent.message });
    const reason = sent.kind === "refused" ? "refused" : "unreachable";
    await routeOnward(tx, ctx, { ticket, request, reason, message: sent.message });
  });
}

/** A callback may have been faster than the answer to the push; a withdrawal too. */
async function recordArrival(
  tx: Tx,
  request: OutsideRequest,
  { desk, receipt }: { desk: DeskSettings; receipt: DeskReceipt },
): Promise<void> {
  const polls = desk.settings.type !== "webhook" || desk.settings.config.statusUrl !== null;
  await tx.$executeRaw`
    UPDATE external_approval_requests SET external_id = ${receipt.externalId}, external_url = ${receipt.externalUrl},
      sent_at = now(), lease_until = NULL, next_attempt_at = NULL, last_error = NULL,
      status = CASE status WHEN 'sending' THEN 'waiting' ELSE status END,
      next_poll_at = CASE WHEN status = 'sending' AND ${polls}
        THEN now() + make_interval(secs => ${desk.pollSeconds}) END,
      cancel_due_at = CASE WHEN status IN ('withdrawn', 'failed') THEN now() ELSE cancel_due_at END
    WHERE id = ${request.id}`;
  if (request.status !== "sending") return;
  await tx.approvalTicket.updateMany({
    where: { id: request.ticketId, externalState: "sending" },
    data: { externalState: "waiting" },
  });
}

async function tryLater(
  tx: Tx,
  request: OutsideRequest,
  { delay, message }: { delay: number; message: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE external_approval_requests SET last_error = ${message}, lease_until = NULL,
      next_attempt_at = now() + make_interval(secs => ${delay})
    WHERE id = ${request.id}`;
  await enqueue(tx, sendRequestJob, { requestId: request.id }, { startAfter: delay });
}
