import { closeEvent } from "@/lib/core/events";
import type { Lease } from "@/lib/core/leases";
import type { Tx } from "@/lib/core/transaction";
import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import type { EventType } from "@/lib/vocabulary/event-types";
import { finishOperation } from "./finish-operation";
import { findOperatedVm } from "./read-operated-vm";
import { quietTypes } from "./power/rules";
import { forgetCall, moveVm, releaseVm } from "./store";

/** What leaves no machine to go back to. */
const unmakingTypes: readonly EventType[] = [
  "VM_DELETION_REQUESTED",
  "VM_CREATION_REQUESTED",
  "VM_CLONE_REQUESTED",
];

/** A step: the operation failed for good. The VM says why, and its event closes (house §5: no request waits for ever). */
export async function failOperation(
  tx: Tx,
  lease: Lease,
  failure: { code: ErrorCode; params: Record<string, unknown> },
): Promise<void> {
  const message = describe(failure);
  const vm = await findOperatedVm(tx, lease.eventId);
  if (vm === null) {
    await closeEvent(tx, lease.eventId, "fail", message);
    return;
  }
  if (unmakingTypes.includes(lease.eventType)) {
    await moveVm(tx, vm, "fail", { activeEventId: null, statusMessage: message });
  } else if (quietTypes.includes(lease.eventType)) {
    await releaseVm(tx, vm.id, lease.eventId);
    await forgetCall(tx, lease.eventId);
  } else {
    await moveVm(tx, vm, restingMove(vm.clusterStatus), { activeEventId: null, statusMessage: message });
  }
  const event = { id: lease.eventId, type: lease.eventType, requestId: lease.requestId };
  await finishOperation(tx, event, vm, { ending: "fail", steps: [], message });
}

/** After a failed power operation the VM is what the cluster last said it is. */
function restingMove(clusterStatus: string | null): "seenRunning" | "seenPaused" | "seenStopped" | "fail" {
  if (clusterStatus === "Running") return "seenRunning";
  if (clusterStatus === "Paused") return "seenPaused";
  return clusterStatus === "Stopped" ? "seenStopped" : "fail";
}

/** Code first, then the words of the cluster: the page translates the code and quotes the rest. */
function describe({ code, params }: { code: ErrorCode; params: Record<string, unknown> }): string {
  const words = typeof params["message"] === "string" ? params["message"] : JSON.stringify(params);
  return `${code}: ${words}`.slice(0, 2_000);
}
