import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { environmentOf, type Ticket } from "../store";
import { notifyApprovers } from "../workflows/notify-approvers";
import { resumeSteps } from "../workflows/pause-steps";
import { readSteps } from "../workflows/store";
import { withdrawRequestJob } from "./jobs";
import { openAtDesk } from "./route-outside";
import { chooseDesk } from "./rules";
import { findDesk, listOpenDesks, routableOf, type OutsideRequest } from "./store";

export type FallbackReason =
  | "unreachable"
  | "refused"
  | "cancelled_outside"
  | "validation"
  | "taken_back"
  | "switched_off"
  | "own_request";

interface Failing {
  ticket: Ticket;
  request: OutsideRequest;
  reason: FallbackReason;
  message: string;
}

/** A step: this desk will not decide; the next in order that takes the request gets it, at last the built-in queue. */
export async function routeOnward(tx: Tx, ctx: Context, failing: Failing): Promise<void> {
  const { ticket } = failing;
  const tried = await tx.externalApprovalRequest.findMany({
    where: { ticketId: ticket.id },
    select: { externalSystemId: true },
  });
  const triedIds = tried.map(({ externalSystemId }) => externalSystemId);
  const next = chooseDesk(await listOpenDesks(tx), routableOf(ticket), triedIds);
  if (next === null) return returnToQueue(tx, ctx, failing);
  await endRequest(tx, failing);
  await recordFallback(tx, ctx, { ...failing, next: next.name });
  await openAtDesk(tx, ctx, ticket, next);
}

/** A step: people decide it here after all, and are told that it is theirs. */
export async function returnToQueue(tx: Tx, ctx: Context, failing: Failing): Promise<void> {
  const { ticket } = failing;
  await endRequest(tx, failing);
  await tx.approvalTicket.update({
    where: { id: ticket.id },
    data: { externalState: "fallback" },
    select: { id: true },
  });
  if (ticket.infoRequestedAt === null) await resumeSteps(tx, ticket);
  await recordFallback(tx, ctx, { ...failing, next: null });
  await tellApprovers(tx, ticket);
}

/** What the desk itself has ended, or never took, it need not be told. */
const knownOutside: readonly FallbackReason[] = ["refused", "cancelled_outside"];

async function endRequest(tx: Tx, { request, message, reason }: Failing): Promise<void> {
  const tells = request.attempts > 0 && !knownOutside.includes(reason);
  await tx.$executeRaw`
    UPDATE external_approval_requests SET status = 'failed', finished_at = now(), last_error = ${message},
      next_attempt_at = NULL, next_poll_at = NULL, lease_until = NULL,
      cancel_due_at = CASE WHEN ${tells} THEN now() END
    WHERE id = ${request.id}`;
  if (tells) await enqueue(tx, withdrawRequestJob, { requestId: request.id });
}

async function recordFallback(
  tx: Tx,
  ctx: Context,
  { ticket, request, reason, message, next }: Failing & { next: string | null },
): Promise<void> {
  const desk = await findDesk(tx, request.externalSystemId);
  await recordAudit(tx, ctx, {
    action: "approval.fallback",
    outcome: reason === "taken_back" ? "success" : "failure",
    resource: { type: "ticket", id: ticket.id },
    parent: { type: "system", id: ticket.systemId },
    ...environmentOf(ticket),
    details: { desk: desk.name, deskId: desk.id, reason, message, attempts: request.attempts, next },
  });
}

/** The step that runs is theirs again. */
async function tellApprovers(tx: Tx, ticket: Ticket): Promise<void> {
  const running = ["ACTIVE", "ESCALATED"];
  const rows = (await readSteps(tx, ticket.id)).filter(({ status }) => running.includes(status));
  await notifyApprovers(tx, ticket, { rows, kind: "APPROVAL_PENDING" });
}
