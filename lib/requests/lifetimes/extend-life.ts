import { actorId, type Context } from "@/lib/core/context";
import { recordAudit } from "@/lib/core/audit";
import { closeEvent } from "@/lib/core/events";
import type { Tx } from "@/lib/core/transaction";
import { lockTicket, moveTicket } from "../store";
import { settleReservation } from "../quotas/settle-reservation";
import { addDays } from "./rules";
import type { LockedLifetime } from "./store";

/** The platform's own name where a life's end asks for something. */
export const expiryActor = "expiry";

/** A step: a life goes on from its end, or from now where it lies behind; what its end has asked for is withdrawn. */
export async function extendLife(
  tx: Tx,
  ctx: Context,
  { life, days, byTicket }: { life: LockedLifetime; days: number; byTicket: string | null },
): Promise<Date> {
  const from = life.expiresAt !== null && life.expiresAt > ctx.now ? life.expiresAt : ctx.now;
  const expiresAt = addDays(from, days);
  await tx.vmLifetime.upsert({
    where: { vmId: life.vmId },
    create: { vmId: life.vmId, expiresAt },
    update: {
      expiresAt,
      state: "running",
      noticedDays: null,
      graceEndsAt: null,
      // What was asked for and granted does not use up what one click gives.
      ...(byTicket === null ? { extensions: { increment: 1 } } : {}),
    },
    select: { vmId: true },
  });
  await withdrawDeletion(tx, ctx, life.vmId);
  await recordAudit(tx, ctx, {
    action: "vm.extend",
    resource: { type: "vm", id: life.vmId, name: life.vmName },
    parent: { type: "system", id: life.systemId },
    environment: life.environment,
    details: { days, before: life.expiresAt, expiresAt, ticketId: byTicket, by: actorId(ctx.actor) },
  });
  return expiresAt;
}

async function withdrawDeletion(tx: Tx, ctx: Context, vmId: string): Promise<void> {
  const waiting = await tx.approvalTicket.findMany({
    where: { resourceId: vmId, operation: "DELETE_VM", status: "PENDING", requesterId: expiryActor },
    select: { id: true },
  });
  for (const { id } of waiting) {
    const ticket = await lockTicket(tx, id);
    await moveTicket(tx, ticket, "cancel", { cancelledAt: ctx.now, finishedAt: ctx.now });
    await closeEvent(tx, ticket.eventId, "cancel");
    await settleReservation(tx, { ticketId: id, outcome: "withdrawn" });
  }
}
