import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import {
  restartVirtualMachine,
  startVirtualMachine,
  stopVirtualMachine,
} from "@/lib/adapters/kubevirt/virtual-machines";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { AppError } from "@/lib/core/errors";
import type { Lease } from "@/lib/core/leases";
import { runEvent, type Outcome } from "@/lib/core/run-event";
import { readSetting } from "@/lib/settings/read-setting";
import type { EventType } from "@/lib/vocabulary/event-types";
import { failOperation } from "./fail-operation";
import { observeFresh } from "./observe-fresh";
import { readOperatedVm, type OperatedVm } from "./read-operated-vm";

const recheckSeconds = 15;

type PowerCall = (client: ClusterClient, namespace: string, name: string) => Promise<unknown>;

const callOf: Partial<Record<EventType, PowerCall>> = {
  VM_START_REQUESTED: startVirtualMachine,
  VM_STOP_REQUESTED: stopVirtualMachine,
  VM_RESTART_REQUESTED: restartVirtualMachine,
};

/** One subresource call; "already running" and "not running" are the wished end, not failures. */
export function powerVm(payload: { eventId: string }): Promise<void> {
  return runEvent(payload.eventId, {
    run: changePower,
    fail: (tx, lease, failure) => failOperation(tx, lease, failure),
    timeoutSeconds: async (tx) => (await readSetting(tx, "vm.operation_timeout_minutes")) * 60,
  });
}

async function changePower(lease: Lease): Promise<Outcome> {
  const vm = await readOperatedVm(lease.eventId);
  if (lease.steps.applied !== undefined || hasRestarted(lease, vm)) {
    return observeFresh(vm, recheckSeconds);
  }
  const call = callOf[lease.eventType];
  if (call === undefined) throw new AppError("NOT_SUPPORTED", { operation: lease.eventType });
  await call(await connectCluster(vm.clusterId), vm.namespace, vm.name);
  return { kind: "waiting", recheckSeconds, steps: ["applied"] };
}

/** A restart whose answer was lost is not asked for twice: another instance already runs. */
function hasRestarted(lease: Lease, vm: OperatedVm): boolean {
  return (
    lease.eventType === "VM_RESTART_REQUESTED" &&
    vm.vmiUidBefore !== null &&
    vm.vmiUid !== null &&
    vm.vmiUid !== vm.vmiUidBefore
  );
}
