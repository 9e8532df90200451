import { deleteVirtualMachine, readVirtualMachine } from "@/lib/adapters/kubevirt/virtual-machines";
import type { VirtualMachine } from "@/lib/adapters/kubevirt/types";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { AppError } from "@/lib/core/errors";
import type { Lease } from "@/lib/core/leases";
import { runEvent, type Outcome } from "@/lib/core/run-event";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import { failOperation } from "./fail-operation";
import { finishOperation } from "./finish-operation";
import { removeVm } from "./observe-vm";
import { labelPrefix } from "./render-vm";
import { readOperatedVm, type OperatedVm } from "./read-operated-vm";

/** Finalizers take their time; the watch usually reports the end before this. */
const recheckSeconds = 5;

/** Deletes exactly the object that is recorded; gone already is the wished end (spec §5.15). */
export function deleteVm(payload: { eventId: string }): Promise<void> {
  return runEvent(payload.eventId, {
    run: deleteInCluster,
    fail: (tx, lease, failure) => failOperation(tx, lease, failure),
    timeoutSeconds: async (tx) => (await readSetting(tx, "vm.operation_timeout_minutes")) * 60,
  });
}

async function deleteInCluster(lease: Lease): Promise<Outcome> {
  const vm = await readOperatedVm(lease.eventId);
  const client = await connectCluster(vm.clusterId);
  const existing = await readVirtualMachine(client, vm.namespace, vm.name);
  if (existing === null) return { kind: "done", record: (tx) => recordDeleted(tx, lease, vm) };
  requireSame(existing, vm);
  if (lease.steps.applied === undefined) {
    await deleteVirtualMachine(client, vm.namespace, vm.name, { uid: existing.metadata.uid });
  }
  return { kind: "waiting", recheckSeconds, steps: ["applied"] };
}

/** The very object that is recorded; one that was requested here is known by its ticket too. */
function requireSame(existing: VirtualMachine, vm: OperatedVm): void {
  const { uid, labels } = existing.metadata;
  if (vm.ticketId !== null && labels[`${labelPrefix}/ticket-id`] === vm.ticketId) return;
  if (vm.ticketId === null && uid === vm.k8sUid) return;
  throw new AppError("FOREIGN_OBJECT", { name: vm.name, namespace: vm.namespace });
}

async function recordDeleted(tx: Tx, lease: Lease, vm: OperatedVm): Promise<void> {
  await removeVm(tx, vm.id);
  const event = { id: lease.eventId, type: lease.eventType, requestId: lease.requestId };
  await finishOperation(tx, event, vm, { ending: "complete", steps: ["applied"] });
}
