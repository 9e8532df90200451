import { recordAudit } from "@/lib/core/audit";
import { platformContext, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { closeEvent, startEvent } from "@/lib/core/events";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { environmentClasses, type EnvironmentClass } from "@/lib/vocabulary/environments";
import { z } from "zod";
import { decideByPolicy } from "../policies/queries";
import { demandShape } from "../quotas/schema";
import { startOperation } from "../start-operation";
import { environmentOf, lockTicket, type Ticket } from "../store";
import { readSpec } from "./keep-spec";
import type { Opening } from "./rules";
import { calendarOperation } from "./schema";
import { openingOf } from "./start-or-hold";

/**
 * The hour of an approved request has come: it starts if it is still what was approved, still allowed, and its machine
 * still fits; else it has failed and says why. Many workers may try; the ticket's lock and its cleared hour let one through.
 */
export async function startHeld({ ticketId }: { ticketId: string }): Promise<void> {
  try {
    await inTransaction((tx) => startIfDue(tx, ticketId));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await inTransaction((tx) => failHeld(tx, ticketId, error));
  }
}

async function startIfDue(tx: Tx, ticketId: string): Promise<void> {
  const held = await lockHeld(tx, ticketId);
  if (held === null) return;
  const { ticket, ctx } = held;
  const opening = await openingOf(tx, ctx, { ...ticket, startAt: null });
  // A window or a freeze that was made meanwhile holds it on.
  if (opening?.reason != null) return setHour(tx, ticket.id, opening);
  const approved = readSpec(ticket);
  await refuseDenied(tx, ticket);
  await clearHour(tx, ticket.id);
  await recordAudit(tx, ctx, {
    action: "approval.start",
    resource: { type: "ticket", id: ticket.id },
    parent: { type: "system", id: ticket.systemId },
    ...environmentOf(ticket),
    details: { operation: ticket.operation, heldUntil: ticket.heldUntil, reason: ticket.holdReason },
  });
  await startOperation(tx, ctx, approved);
}

/** Null where another worker was first, or where it is not time yet by the database's clock. */
async function lockHeld(tx: Tx, ticketId: string): Promise<{ ticket: Ticket; ctx: Context } | null> {
  const ticket = await lockTicket(tx, ticketId);
  const due = await tx.$queryRaw<{ requestId: string }[]>`
    SELECT e.request_id AS "requestId" FROM approval_tickets k JOIN domain_events e ON e.id = k.event_id
    WHERE k.id = ${ticketId} AND k.status = 'APPROVED' AND k.held_until <= now()`;
  return due[0] === undefined ? null : { ticket, ctx: platformContext("worker", due[0].requestId) };
}

async function setHour(tx: Tx, ticketId: string, { at, reason }: Opening): Promise<void> {
  const holdReason = { kind: reason?.kind ?? null, name: reason?.name ?? null };
  await tx.approvalTicket.update({
    where: { id: ticketId },
    data: { heldUntil: at, holdReason },
    select: { id: true },
  });
}

async function clearHour(tx: Tx, ticketId: string): Promise<void> {
  await tx.approvalTicket.update({
    where: { id: ticketId },
    data: { heldUntil: null },
    select: { id: true },
  });
}

/** A rule that forbids it by now was made for a reason. */
async function refuseDenied(tx: Tx, ticket: Ticket): Promise<void> {
  const { environment, systemId, requesterId } = ticket;
  if (environment === null) return;
  const policy = await decideByPolicy(tx, {
    operation: calendarOperation.parse(ticket.operation),
    systemId,
    requesterId,
    environment,
    environmentClass: await classOf(tx, environment),
    demand: demandShape.nullable().catch(null).parse(ticket.demand),
  });
  if (policy.effect === "deny") throw new AppError("POLICY_DENIED", { rule: policy.policyName });
}

async function classOf(tx: Tx, name: string): Promise<EnvironmentClass> {
  const environment = await tx.environment.findUnique({ where: { name }, select: { class: true } });
  if (environment === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "environment" });
  return z.enum(environmentClasses).parse(environment.class);
}

/** The event fails and with it, by its news, the ticket: its requester hears of it and its room is free again. */
async function failHeld(tx: Tx, ticketId: string, error: AppError): Promise<void> {
  const held = await lockHeld(tx, ticketId);
  if (held === null) return;
  await clearHour(tx, ticketId);
  await startEvent(tx, held.ticket.eventId);
  await closeEvent(tx, held.ticket.eventId, "fail", `${error.code}: ${wordsOf(error)}`);
}

function wordsOf({ params }: AppError): string {
  return Object.entries(params)
    .filter(([, value]) => typeof value === "string" || typeof value === "number")
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
}
