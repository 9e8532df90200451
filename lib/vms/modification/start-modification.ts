import { Prisma } from "@/prisma/generated/client";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { startEvent } from "@/lib/core/events";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { requireFitting } from "../machine";
import { lockVm } from "../lock-vm";
import { modifyVmJob } from "./jobs";
import type { ModificationWish, Settings } from "./schema";
import { asColumn } from "./store";

interface ModificationOrder {
  vmId: string;
  eventId: string;
  ticketId: string;
  reason: string;
  requester: { id: string; name: string };
  wish: ModificationWish;
  base: Settings | null;
}

/** A step: the change is the machine's operation under way until the cluster has it; one at a time (spec §5.13). */
export async function startModification(tx: Tx, _ctx: Context, order: ModificationOrder): Promise<void> {
  const vm = await lockVm(tx, order.vmId);
  requireFitting(vm.status, "MODIFY_VM");
  if (vm.activeEventId !== null && vm.activeEventId !== order.eventId)
    throw new AppError("INVALID_STATE", { object: "vm", state: "busy", move: "modify" });
  await tx.vm.update({
    where: { id: vm.id },
    data: { activeEventId: order.eventId, statusMessage: null },
    select: { id: true },
  });
  await tx.vmModification.create({
    data: {
      eventId: order.eventId,
      vmId: vm.id,
      ticketId: order.ticketId,
      reason: order.reason,
      actorId: order.requester.id,
      actorName: order.requester.name,
      wish: asColumn(order.wish),
      base: order.base === null ? Prisma.DbNull : asColumn(order.base),
    },
    select: { eventId: true },
  });
  await startEvent(tx, order.eventId, vm.clusterId);
  await enqueue(tx, modifyVmJob, { eventId: order.eventId });
}
