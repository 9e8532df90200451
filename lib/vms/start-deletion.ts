import type { Context } from "@/lib/core/context";
import { startEvent } from "@/lib/core/events";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { deleteVmJob } from "./jobs";
import { lockVm } from "./lock-vm";
import { moveVm } from "./store";

/** A step: only what rests may be deleted (spec §5.15). */
export async function startDeletion(
  tx: Tx,
  _ctx: Context,
  order: { vmId: string; eventId: string },
): Promise<void> {
  const vm = await lockVm(tx, order.vmId);
  await moveVm(tx, vm, "delete", { activeEventId: order.eventId });
  await startEvent(tx, order.eventId, vm.clusterId);
  await enqueue(tx, deleteVmJob, { eventId: order.eventId });
}
