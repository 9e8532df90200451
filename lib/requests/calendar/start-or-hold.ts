import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { canonicalJson } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import { reweighReservation } from "../quotas/hold-reservation";
import { demandOf } from "../quotas/rules";
import { startOperation, type Approved } from "../start-operation";
import { environmentOf, type Ticket } from "../store";
import { keepSpec } from "./keep-spec";
import { chooseOpening, type Opening } from "./rules";
import { calendarOperation } from "./schema";
import { readCalendarFacts } from "./store";

const askedAgainMs = 86_400_000;

/**
 * A step: what was approved starts at once where its hour, the windows and the freezes allow it; else it is kept as it
 * was approved until they do.
 */
export async function startOrHold(tx: Tx, ctx: Context, approved: Approved): Promise<void> {
  const opening = await openingOf(tx, ctx, approved.ticket);
  await weigh(tx, approved, opening);
  if (opening?.reason == null) return startOperation(tx, ctx, approved);
  await recordHold(tx, ctx, approved.ticket, opening);
  await tx.approvalTicket.update({
    where: { id: approved.ticket.id },
    data: { ...keepSpec(approved), heldUntil: opening.at, holdReason: { ...opening.reason } },
    select: { id: true },
  });
}

async function recordHold(tx: Tx, ctx: Context, ticket: Ticket, { at, reason }: Opening): Promise<void> {
  await recordAudit(tx, ctx, {
    action: "approval.hold",
    resource: { type: "ticket", id: ticket.id },
    parent: { type: "system", id: ticket.systemId },
    ...environmentOf(ticket),
    details: { operation: ticket.operation, until: at, reason },
  });
}

/** What was changed at approval holds what it will be; what waits holds it on the cluster it is meant for. */
async function weigh(tx: Tx, { ticket, placed = null }: Approved, opening: Opening | null): Promise<void> {
  if (placed === null) return;
  const demand = demandOf(placed.blueprint);
  const isAsAsked = canonicalJson(ticket.demand) === canonicalJson(demand);
  if (isAsAsked && opening?.reason == null) return;
  await reweighReservation(tx, { ticketId: ticket.id, demand, clusterId: placed.clusterId });
}

/** A step: null for what waits for nothing: an emergency, and what concerns no machine. */
export async function openingOf(
  tx: Tx,
  ctx: Context,
  ticket: Ticket,
  readFacts: typeof readCalendarFacts = readCalendarFacts,
): Promise<Opening | null> {
  const { environment, startAt, emergencyId } = ticket;
  const operation = calendarOperation.safeParse(ticket.operation);
  if (environment === null || emergencyId !== null || !operation.success) return null;
  const facts = await readFacts(tx, { environment, now: ctx.now });
  const opening = chooseOpening(facts, { operation: operation.data, startAt, now: ctx.now });
  if (opening !== null) return opening;
  // Freezes that follow each other for years are asked again every day.
  return { at: new Date(ctx.now.getTime() + askedAgainMs), reason: { kind: "freeze", name: null } };
}
