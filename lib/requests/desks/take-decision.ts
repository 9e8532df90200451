import { setTimeout as pause } from "node:timers/promises";
import type { Prisma } from "@/prisma/generated/client";
import { recordAudit } from "@/lib/core/audit";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { DeskVerdict } from "@/lib/vocabulary/approval-desks";
import { checkAtCluster, completeApproval, type FinalChoices } from "../complete-approval";
import { environmentOf, lockTicket, type Ticket } from "../store";
import { dispatcherOf } from "../workflows/dispatcher";
import { rejectOutside } from "./reject-outside";
import { returnToQueue } from "./route-onward";
import { isSamePerson } from "./rules";
import type { DecisionAnswer } from "./decisions/schema";
import { isOpen, lockRequest, type DeskSettings, type OutsideRequest } from "./store";

export interface TakenDecision {
  requestId: string;
  verdict: DeskVerdict;
  choices: FinalChoices;
}

/** What is done because a desk said so is signed with the desk's name. */
export function deskContext(ctx: Context, desk: { name: string }): Context {
  return { ...ctx, actor: platformContext(`desk:${desk.name}`).actor };
}

/**
 * A desk's decision is the whole approval and passes the same checks as any (spec §5.11). However often it comes, it is
 * carried out once: whoever is second waits for the outcome and answers alike.
 * @throws SELF_APPROVAL_FORBIDDEN, CONFLICT where another decision was first, INVALID_STATE where nobody waits for one,
 *   and what the checks refuse, after which the request is decided in the built-in queue
 */
export async function takeDecision(
  ctx: Context,
  desk: DeskSettings,
  decision: TakenDecision,
): Promise<DecisionAnswer> {
  const known = await claimDecision(decision);
  if (known !== null) return known;
  try {
    return await carryOut(ctx, desk, decision);
  } catch (error) {
    if (error instanceof AppError && isFinal(error)) await endWithRefusal(ctx, decision.requestId, error);
    throw error;
  } finally {
    await db().externalApprovalRequest.updateMany({
      where: { id: decision.requestId },
      data: { decidingUntil: null },
    });
  }
}

const claimSeconds = 45;
const waitMs = 20_000;
const lookAgainMs = 150;

/** Null for the one who carries it out; the earlier answer for everybody who brings the same. */
async function claimDecision({ requestId, verdict }: TakenDecision): Promise<DecisionAnswer | null> {
  const begun = performance.now();
  for (;;) {
    const claimed = await db().$executeRaw`
      UPDATE external_approval_requests SET deciding_until = now() + make_interval(secs => ${claimSeconds})
      WHERE id = ${requestId} AND status IN ('sending', 'waiting')
        AND (deciding_until IS NULL OR deciding_until < now())`;
    if (claimed === 1) return null;
    const request = await db().externalApprovalRequest.findUniqueOrThrow({ where: { id: requestId } });
    if (request.status === "decided") return repeatedAnswer(request, verdict);
    if (!isOpen(request)) throw new AppError("INVALID_STATE", { object: "request", state: request.status });
    if (performance.now() - begun > waitMs) throw new AppError("CONFLICT", { object: "decision" });
    await pause(lookAgainMs);
  }
}

/** The same decision again is the same answer; another one comes too late. */
function repeatedAnswer(request: OutsideRequest, verdict: DeskVerdict): DecisionAnswer {
  const { decision, providerDecisionId, ticketId } = request;
  const isSame =
    providerDecisionId === verdict.providerDecisionId &&
    decision !== null &&
    typeof decision === "object" &&
    "approved" in decision &&
    decision["approved"] === verdict.approved;
  if (!isSame) throw new AppError("CONFLICT", { object: "decision" });
  return {
    ticketId,
    approved: verdict.approved,
    providerDecisionId: verdict.providerDecisionId,
    repeated: true,
  };
}

async function carryOut(
  ctx: Context,
  desk: DeskSettings,
  { requestId, verdict, choices }: TakenDecision,
): Promise<DecisionAnswer> {
  const { ticketId } = await db().externalApprovalRequest.findUniqueOrThrow({ where: { id: requestId } });
  const seen = await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
  await requireOther(ctx, desk, seen, verdict);
  const dryRun = verdict.approved ? await checkAtCluster(ctx, seen, choices) : null;
  const approver = { id: null, name: `${verdict.approver.name} via ${desk.name}` };
  await inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, ticketId);
    const request = await lockRequest(tx, requestId);
    if (!isOpen(request)) throw new AppError("INVALID_STATE", { object: "request", state: request.status });
    await dispatcherOf(ticket).cancel(tx, ctx, { ticket, reason: "decided_outside" });
    if (verdict.approved) await completeApproval(tx, ctx, { ticket, choices, approver, dryRun });
    else await rejectOutside(tx, ctx, { ticket, approver: approver.name, reason: verdict.comment ?? "" });
    await recordDecision(tx, ctx, { ticket, request, desk, verdict });
  });
  return {
    ticketId,
    approved: verdict.approved,
    providerDecisionId: verdict.providerDecisionId,
    repeated: false,
  };
}

/** Whoever asked never decides, at no desk either; the attempt is on record. */
async function requireOther(
  ctx: Context,
  desk: DeskSettings,
  ticket: Ticket,
  verdict: DeskVerdict,
): Promise<void> {
  // A service account is whoever made it or was told a token of it.
  const hands = await db().$queryRaw<Parameters<typeof isSamePerson>[0][]>`
    SELECT p.username, p.email, p.external_id AS "externalId" FROM users u JOIN users p ON p.id = u.id
      OR (u.auth_type = 'service' AND (p.id = u.created_by
        OR p.id IN (SELECT t.created_by FROM api_tokens t WHERE t.user_id = u.id)))
    WHERE u.id = ${ticket.requesterId}`;
  if (!hands.some((hand) => isSamePerson(hand, verdict.approver.knownAs))) return;
  await inTransaction((tx) =>
    recordAudit(tx, ctx, {
      action: "approval.external",
      outcome: "failure",
      resource: { type: "ticket", id: ticket.id },
      parent: { type: "system", id: ticket.systemId },
      ...environmentOf(ticket),
      details: {
        desk: desk.name,
        phase: "refused",
        code: "SELF_APPROVAL_FORBIDDEN",
        approver: verdict.approver.name,
      },
    }),
  );
  throw new AppError("SELF_APPROVAL_FORBIDDEN");
}

interface Decided {
  ticket: Ticket;
  request: OutsideRequest;
  desk: DeskSettings;
  verdict: DeskVerdict;
}

async function recordDecision(
  tx: Tx,
  ctx: Context,
  { ticket, request, desk, verdict }: Decided,
): Promise<void> {
  const { approved, providerDecisionId, comment } = verdict;
  const decision: Prisma.InputJsonObject = { approved, approver: verdict.approver.name, comment };
  await tx.$executeRaw`
    UPDATE external_approval_requests SET status = 'decided', provider_decision_id = ${providerDecisionId},
      decision = ${decision}, finished_at = now(), next_attempt_at = NULL, next_poll_at = NULL
    WHERE id = ${request.id}`;
  await tx.approvalTicket.update({
    where: { id: ticket.id },
    data: { externalState: "decided" },
    select: { id: true },
  });
  await recordAudit(tx, ctx, {
    action: "approval.external",
    resource: { type: "ticket", id: ticket.id },
    parent: { type: "system", id: ticket.systemId },
    ...environmentOf(ticket),
    details: { desk: desk.name, deskId: desk.id, phase: "decided", ...decision, providerDecisionId },
  });
}

/** What passes by itself may be brought again; what another decision or a person settled is over anyway. */
function isFinal(error: AppError): boolean {
  return (
    error.status < 500 &&
    !["CONFLICT", "INVALID_STATE", "SELF_APPROVAL_FORBIDDEN", "RATE_LIMIT_EXCEEDED"].includes(error.code)
  );
}

async function endWithRefusal(ctx: Context, requestId: string, error: AppError): Promise<void> {
  await inTransaction(async (tx) => {
    const { ticketId } = await tx.externalApprovalRequest.findUniqueOrThrow({ where: { id: requestId } });
    const ticket = await lockTicket(tx, ticketId);
    const request = await lockRequest(tx, requestId);
    if (!isOpen(request)) return;
    await returnToQueue(tx, ctx, { ticket, request, reason: "validation", message: error.code });
  });
}
