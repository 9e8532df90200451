import type { Context } from "@/lib/core/context";
import { startEvent } from "@/lib/core/events";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { powerVmJob } from "./jobs";
import type { VmMove } from "./machine";
import type { PowerOperation } from "./schema";
import { lockVm } from "./lock-vm";
import { moveVm } from "./store";

export const powerMoves: Record<PowerOperation, VmMove> = {
  START_VM: "start",
  STOP_VM: "stop",
  RESTART_VM: "restart",
};

/** A step: the VM must be in a state that fits, and shows at once that it is on its way (spec §5.14). */
export async function startPower(
  tx: Tx,
  _ctx: Context,
  order: { vmId: string; operation: PowerOperation; eventId: string },
): Promise<void> {
  const vm = await lockVm(tx, order.vmId);
  await moveVm(tx, vm, powerMoves[order.operation], { activeEventId: order.eventId });
  await startEvent(tx, order.eventId, vm.clusterId);
  await enqueue(tx, powerVmJob, { eventId: order.eventId });
}
