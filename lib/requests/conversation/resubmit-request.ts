import { Prisma } from "@/prisma/generated/client";
import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import { authorizeRequester } from "../authorize-requester";
import { requireAllowed } from "../open-request";
import { withdrawOutside } from "../desks/route-outside";
import { reweighReservation } from "../quotas/hold-reservation";
import { submitInput, type SubmitRequest } from "../schema";
import { environmentOf, lockTicket, requireVersion, type Ticket } from "../store";
import { restartSteps } from "../workflows/open-steps";
import { endPause } from "../workflows/pause-steps";
import { findListeners } from "./find-listeners";
import { recordComment } from "./record-comment";
import { recordRevision } from "./record-revision";
import { applyChanges, asksOtherwise, differencesOf } from "./rules";
import type { Changes, Resubmit, Resubmitted, RevisionChange } from "./schema";

/**
 * Whoever was asked for more answers, and may change what they ask for: it passes the checks of a submission again. What
 * was decided so far stands only while the same thing is asked for.
 * @throws INVALID_STATE where nobody asked, and whatever refuses a submission
 */
export function resubmitRequest(
  ctx: Context,
  { ticketId, version, answer, ...changes }: Resubmit,
): Promise<Resubmitted> {
  return inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, ticketId);
    await authorizeRequester(tx, ctx, ticket);
    requireVersion(ticket, version);
    requireAsked(ticket);
    const wish = settleWish(ticket, changes);
    if (answer === "" && wish.differences.length === 0) throw fieldRefused("answer", "required");
    const revision = ticket.revision + (wish.differences.length > 0 ? 1 : 0);
    await endPause(tx, ctx, ticket);
    if (wish.startsOver) await askOtherwise(tx, ctx, ticket, wish.asked);
    await tx.approvalTicket.update({
      where: { id: ticket.id },
      data: {
        revision,
        reason: wish.asked.reason,
        // Parsed input is JSON.
        requestParams: wish.asked as Prisma.InputJsonObject,
        version: { increment: 1 },
      },
      select: { id: true },
    });
    if (revision > ticket.revision) await recordRevision(tx, ctx, { ticket, revision, ...wish });
    if (wish.startsOver) await startOver(tx, ctx, ticket);
    await goOn(tx, ctx, { ticket: { ...ticket, revision }, answer, wish });
    return { ticketId: ticket.id, revision, startsOver: wish.startsOver };
  });
}

function requireAsked(ticket: Ticket): void {
  const state =
    ticket.status !== "PENDING" ? ticket.status : ticket.infoRequestedAt === null ? "PENDING" : null;
  if (state !== null) throw new AppError("INVALID_STATE", { object: "request", state, move: "resubmit" });
}

interface Wish {
  asked: SubmitRequest;
  differences: RevisionChange[];
  /** Something else is asked for, so that every decision is taken anew. */
  startsOver: boolean;
}

function settleWish(ticket: Ticket, changes: Changes): Wish {
  const before = submitInput.parse(ticket.requestParams);
  const asked = parseWish(applyChanges(before.operation, asJson(before), changes));
  const differences = differencesOf(asJson(before), asJson(asked));
  return { asked, differences, startsOver: asksOtherwise(differences) };
}

/** Each operation bounds its own members: a role is asked for shorter than a longer life. */
function parseWish(wish: Json): SubmitRequest {
  const parsed = submitInput.safeParse(wish);
  if (parsed.success) return parsed.data;
  throw fieldRefused(String(parsed.error.issues[0]?.path[0] ?? "answer"), "invalid");
}

/** A step: the changed wish passes the funnel's own checks, takes its room, and lies where it now belongs. */
async function askOtherwise(tx: Tx, ctx: Context, ticket: Ticket, asked: SubmitRequest): Promise<void> {
  const { subject, policy } = await requireAllowed(tx, ctx, asked);
  const other = await tx.approvalTicket.findFirst({
    where: { duplicateKey: subject.duplicateKey, status: "PENDING", id: { not: ticket.id } },
    select: { id: true },
  });
  if (other !== null)
    throw new AppError("DUPLICATE_PENDING_REQUEST", {
      existingTicketId: other.id,
      operation: asked.operation,
    });
  await tx.approvalTicket.update({
    where: { id: ticket.id },
    data: {
      templateId: subject.templateId,
      instanceSizeId: subject.instanceSizeId,
      // Of many that were asked together each keeps the key that tells it from the others.
      ...(ticket.batchId === null ? { duplicateKey: subject.duplicateKey } : {}),
      demand: subject.demand === null ? Prisma.DbNull : { ...subject.demand },
      pendingChoices: Prisma.DbNull,
      // People were asked already, so a rule that would ask nobody no longer counts.
      ...(policy.effect === "ask" ? { policyId: policy.policyId, policyName: policy.policyName } : {}),
    },
    select: { id: true },
  });
  await tx.approvalCheck.deleteMany({ where: { ticketId: ticket.id } });
  await reweighReservation(tx, { ticketId: ticket.id, demand: subject.demand });
}

/** A step: a desk outside no longer decides what is not asked any more; the steps begin anew and may go out again. */
async function startOver(tx: Tx, ctx: Context, ticket: Ticket): Promise<void> {
  await withdrawOutside(tx, ticket.id);
  await restartSteps(tx, ctx, ticket);
}

interface Answered {
  ticket: Ticket;
  answer: string;
  wish: Wish;
}

async function goOn(tx: Tx, ctx: Context, { ticket, answer, wish }: Answered): Promise<void> {
  const told = await findListeners(tx, ticket, actorId(ctx.actor));
  if (answer !== "") await recordComment(tx, ctx, { ticket, kind: "answer", body: answer });
  await recordAudit(tx, ctx, {
    action: "approval.resubmit",
    resource: { type: "ticket", id: ticket.id },
    parent: { type: "system", id: ticket.systemId },
    ...environmentOf(ticket),
    details: { revision: ticket.revision, changed: wish.differences, startsOver: wish.startsOver },
  });
  await notifyUsers(tx, told, {
    kind: "INFORMATION_GIVEN",
    ticketId: ticket.id,
    params: {
      operation: ticket.operation,
      system: ticket.systemName,
      vm: ticket.resourceName,
      requester: shownName(ctx.actor),
      changed: wish.differences.length > 0,
      answer: answer.slice(0, 200),
    },
  });
}

type Json = Parameters<typeof differencesOf>[0];

/** Without what is absent: parsed input round-trips through JSON as it is. */
function asJson(asked: SubmitRequest): Json {
  return JSON.parse(JSON.stringify(asked)) as Json;
}
