import type { Context } from "@/lib/core/context";
import { recordAudit } from "@/lib/core/audit";
import type { Tx } from "@/lib/core/transaction";
import type { Ticket } from "../store";
import { nextRun } from "./rules";
import type { RequestSchedule } from "./schema";
import { lockLifetime } from "./store";

/** A step: from now on the machine starts and stops by this schedule, and by no other. */
export async function grantSchedule(
  tx: Tx,
  ctx: Context,
  ticket: Ticket,
  { vmId, timeZone, entries }: RequestSchedule,
): Promise<void> {
  const life = await lockLifetime(tx, vmId);
  const next = nextRun(entries, timeZone, ctx.now);
  const columns = {
    timeZone,
    entries,
    nextAt: next?.at ?? null,
    nextAction: next?.action ?? null,
    pausedUntil: null,
    setBy: ticket.requesterId,
    ticketId: ticket.id,
  };
  await tx.powerSchedule.upsert({
    where: { vmId },
    create: { vmId, ...columns },
    update: columns,
    select: { vmId: true },
  });
  await recordAudit(tx, ctx, {
    action: "vm.schedule",
    resource: { type: "vm", id: vmId, name: life.vmName },
    parent: { type: "system", id: life.systemId },
    environment: life.environment,
    details: { timeZone, entries, ticketId: ticket.id },
  });
}
