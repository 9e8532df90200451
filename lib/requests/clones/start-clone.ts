import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { cloneVm } from "@/lib/snapshots/clone-vm";
import { startLifetime } from "../lifetimes/start-lifetime";
import { machineTicket, type Ticket } from "../store";
import type { RequestClone } from "./schema";

/** A step: what was approved becomes a machine of its own, with an end of its own. */
export async function startClone(
  tx: Tx,
  ctx: Context,
  ticket: Ticket,
  { vmId }: RequestClone,
): Promise<void> {
  const { id: ticketId, eventId, requesterId, environment } = machineTicket(ticket);
  const vm = await cloneVm(tx, ctx, { vmId, ticketId, eventId, requesterId });
  await startLifetime(tx, ctx.now, { id: vm.id, environment, wishedDays: undefined });
  await tx.approvalTicket.update({
    where: { id: ticketId },
    data: { resourceId: vm.id, resourceName: vm.name, selectedClusterId: vm.clusterId },
    select: { id: true },
  });
}
