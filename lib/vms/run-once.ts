import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import {
  resetVirtualMachine,
  softRebootVirtualMachine,
  type PowerCall,
} from "@/lib/adapters/kubevirt/power-calls";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Lease } from "@/lib/core/leases";
import type { Outcome } from "@/lib/core/run-event";
import type { Tx } from "@/lib/core/transaction";
import type { EventType } from "@/lib/vocabulary/event-types";
import { finishOperation } from "./finish-operation";
import type { OperatedVm } from "./read-operated-vm";
import { forgetCall, noteCall, releaseVm } from "./store";

/** What no later state tells: the same instance runs before and after. */
export const onceOf: Partial<Record<EventType, PowerCall>> = {
  VM_SOFT_REBOOT_REQUESTED: softRebootVirtualMachine,
  VM_RESET_REQUESTED: resetVirtualMachine,
};

/**
 * A call that is over when it was accepted and is made at most once: it is noted before, and where a note without an answer
 * is found, the operation ends by saying that nobody knows.
 */
export async function runOnce(lease: Lease, vm: OperatedVm, call: PowerCall): Promise<Outcome> {
  const client = await connectCluster(vm.clusterId);
  if (!(await noteCall(db(), lease.eventId)))
    throw unknownOutcome(lease, "the answer to an earlier call was lost");
  try {
    await call(client, vm.namespace, vm.name);
  } catch (error) {
    if (error instanceof ClusterFailure && error.outcomeUnknown) throw unknownOutcome(lease, error.message);
    await forgetCall(db(), lease.eventId);
    throw error;
  }
  return { kind: "done", record: (tx) => finishCall(tx, lease, vm) };
}

function unknownOutcome({ eventType }: Lease, message: string): AppError {
  return new AppError("OUTCOME_UNKNOWN", { operation: eventType, message });
}

async function finishCall(tx: Tx, lease: Lease, vm: OperatedVm): Promise<void> {
  await releaseVm(tx, vm.id, lease.eventId);
  await forgetCall(tx, lease.eventId);
  const event = { id: lease.eventId, type: lease.eventType, requestId: lease.requestId };
  await finishOperation(tx, event, vm, { ending: "complete", steps: ["applied"] });
}
