import {
  forceStopVirtualMachine,
  pauseVirtualMachine,
  restartVirtualMachine,
  resumeVirtualMachine,
  startVirtualMachine,
  stopVirtualMachine,
  type PowerCall,
} from "@/lib/adapters/kubevirt/power-calls";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { AppError } from "@/lib/core/errors";
import type { Lease } from "@/lib/core/leases";
import { runEvent, type Outcome } from "@/lib/core/run-event";
import { readSetting } from "@/lib/settings/read-setting";
import type { EventType } from "@/lib/vocabulary/event-types";
import { failOperation } from "./fail-operation";
import type { VmState } from "./machine";
import { observeFresh } from "./observe-fresh";
import { readOperatedVm, type OperatedVm } from "./read-operated-vm";
import { runOnce, onceOf } from "./run-once";

const recheckSeconds = 15;

const callOf: Partial<Record<EventType, PowerCall>> = {
  VM_START_REQUESTED: startVirtualMachine,
  VM_STOP_REQUESTED: stopVirtualMachine,
  VM_RESTART_REQUESTED: restartVirtualMachine,
  VM_FORCE_STOP_REQUESTED: forceStopVirtualMachine,
  VM_PAUSE_REQUESTED: pauseVirtualMachine,
  VM_RESUME_REQUESTED: resumeVirtualMachine,
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
  const unseen = onceOf[lease.eventType];
  if (unseen !== undefined) return runOnce(lease, vm, unseen);
  if (lease.steps.applied !== undefined || hasRestarted(lease, vm)) {
    requireOnItsWay(lease, vm);
    return observeFresh(vm, recheckSeconds);
  }
  const call = callOf[lease.eventType];
  if (call === undefined) throw new AppError("NOT_SUPPORTED", { operation: lease.eventType });
  const { changed } = await call(await connectCluster(vm.clusterId), vm.namespace, vm.name);
  // What the cluster already did is told by no later report.
  if (!changed) await observeFresh(vm, recheckSeconds);
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

/** States from which a pause or its end may still come true; the others ended what was to be paused. */
const waysOf: Partial<Record<EventType, { move: string; states: readonly VmState[] }>> = {
  VM_PAUSE_REQUESTED: { move: "pause", states: ["RUNNING", "PAUSED", "MIGRATING", "UNKNOWN"] },
  VM_RESUME_REQUESTED: { move: "resume", states: ["RUNNING", "PAUSED", "MIGRATING", "UNKNOWN"] },
};

function requireOnItsWay({ eventType }: Lease, { status }: OperatedVm): void {
  const way = waysOf[eventType];
  if (way === undefined || way.states.includes(status)) return;
  throw new AppError("INVALID_STATE", { object: "vm", state: status, move: way.move });
}
