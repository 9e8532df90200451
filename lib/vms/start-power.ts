import { canMove } from "@/lib/core/state-machine";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { startEvent } from "@/lib/core/events";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import type { EventType } from "@/lib/vocabulary/event-types";
import { finishOperation } from "./finish-operation";
import { powerVmJob } from "./jobs";
import { requireFitting, vmMachine, type VmMove } from "./machine";
import { standingOf } from "./power/rules";
import type { PowerOperation } from "@/lib/vocabulary/power-operations";
import { lockVm, type LockedVm } from "./lock-vm";
import { forgetCall, holdVm, moveVm } from "./store";

/** What each begins with; null where the machine stays what it is until its cluster says otherwise. */
export const powerMoves: Record<PowerOperation, VmMove | null> = {
  START_VM: "start",
  STOP_VM: "stop",
  RESTART_VM: "restart",
  FORCE_STOP_VM: "forceStop",
  PAUSE_VM: null,
  RESUME_VM: null,
  SOFT_REBOOT_VM: null,
  RESET_VM: null,
};

/** A step: the VM must be in a state that fits, and shows at once that it is on its way (spec §5.14). */
export async function startPower(
  tx: Tx,
  _ctx: Context,
  order: { vmId: string; operation: PowerOperation; eventId: string },
): Promise<void> {
  const vm = await lockVm(tx, order.vmId);
  requireFitting(vm.status, order.operation);
  await makeWay(tx, vm, order);
  const move = powerMoves[order.operation];
  if (move !== null && canMove(vmMachine, vm.status, move))
    await moveVm(tx, vm, move, { activeEventId: order.eventId });
  else await holdVm(tx, vm.id, order.eventId);
  await startEvent(tx, order.eventId, vm.clusterId);
  await enqueue(tx, powerVmJob, { eventId: order.eventId });
}

/**
 * What a forced stop overtakes ends and says so.
 * @throws INVALID_STATE with the state "busy"
 */
async function makeWay(
  tx: Tx,
  vm: LockedVm,
  { operation, eventId }: { operation: PowerOperation; eventId: string },
): Promise<void> {
  if (vm.activeEventId === null || vm.activeEventId === eventId) return;
  const event = await tx.domainEvent.findUnique({
    where: { id: vm.activeEventId },
    select: { id: true, eventType: true, requestId: true },
  });
  if (event === null) return;
  // Events are opened with a type of the vocabulary only.
  const type = event.eventType as EventType;
  const standing = standingOf(operation, { status: vm.status, active: type });
  if (standing === "busy")
    throw new AppError("INVALID_STATE", { object: "vm", state: "busy", move: operation });
  if (standing === "free") return;
  const message = "OVERTAKEN: a forced stop took its place";
  await forgetCall(tx, event.id);
  await finishOperation(tx, { ...event, type }, vm, { ending: "fail", steps: [], message });
}
