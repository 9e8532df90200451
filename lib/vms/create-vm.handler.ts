import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { applyVirtualMachine, readVirtualMachine } from "@/lib/adapters/kubevirt/virtual-machines";
import type { VirtualMachine } from "@/lib/adapters/kubevirt/types";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { ensureNamespace, forgetNamespace } from "@/lib/clusters/ensure-namespace";
import { platformContext } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { openEvent } from "@/lib/core/events";
import type { Lease } from "@/lib/core/leases";
import { runEvent, type Outcome } from "@/lib/core/run-event";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import { failOperation } from "./fail-operation";
import { observeFresh } from "./observe-fresh";
import { requirePlaceable } from "./require-placeable";
import { labelPrefix, managedBy, renderVm } from "./render-vm";
import { readRequestedVm, type RequestedVm } from "./read-operated-vm";

/** While the cluster works, a stuck object is read again by name this often; the watch is faster. */
const recheckSeconds = 60;
/** Nobody is forced: a conflict that reading again does not solve is the cluster's no. */
const conflictsMax = 3;

/** Namespace → manifest → apply; then the cluster's own words close the event (spec §5.12). */
export function createVm(payload: { eventId: string }): Promise<void> {
  return runEvent(payload.eventId, {
    run: createInCluster,
    fail: (tx, lease, failure) => failOperation(tx, lease, failure),
    timeoutSeconds: async (tx) => (await readSetting(tx, "vm.provisioning_timeout_minutes")) * 60,
  });
}

async function createInCluster(lease: Lease, signal: AbortSignal): Promise<Outcome> {
  const vm = await readRequestedVm(lease.eventId);
  if (lease.steps.applied !== undefined) return observeFresh(vm, recheckSeconds);

  const client = await connectCluster(vm.clusterId);
  const namespace = await ensureNamespace(client, { name: vm.namespace, environment: vm.environment });
  const existing = await readVirtualMachine(client, vm.namespace, vm.name);
  if (existing !== null) requireOurs(existing, vm);
  if (existing === null) await requirePlaceable(vm);
  const object = existing ?? (await applyMachine(client, lease, vm, signal));
  return {
    kind: "waiting",
    recheckSeconds,
    steps: ["namespace", "manifest", "applied"],
    record: (tx) =>
      recordApplied(tx, lease, vm, { uid: object.metadata.uid, namespaceCreated: namespace.created }),
  };
}

async function applyMachine(
  client: ClusterClient,
  lease: Lease,
  vm: RequestedVm,
  signal: AbortSignal,
): Promise<VirtualMachine> {
  try {
    return (await applyVirtualMachine(client, renderVm(vm.identity, vm.blueprint), { signal })).object;
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    // The namespace was there a while ago; the next attempt makes it again.
    if (error.kind === "gone") forgetNamespace(client, vm.namespace);
    if (error.kind !== "conflict" || lease.attempt + 1 < conflictsMax) throw error;
    throw new AppError("CLUSTER_REJECTED", { message: error.message });
  }
}

/** A name that exists is ours by label and ticket, or somebody else's: then we stop and say whose (spec §0.12). */
function requireOurs(existing: VirtualMachine, vm: RequestedVm): void {
  const labels = existing.metadata.labels;
  const ours = labels[`${labelPrefix}/managed-by`] === managedBy;
  if (ours && labels[`${labelPrefix}/ticket-id`] === vm.identity.ticketId) return;
  throw new AppError("FOREIGN_OBJECT", {
    name: vm.name,
    namespace: vm.namespace,
    managedBy: labels[`${labelPrefix}/managed-by`] ?? labels["app.kubernetes.io/managed-by"] ?? "unknown",
    ticketId: labels[`${labelPrefix}/ticket-id`] ?? null,
  });
}

async function recordApplied(
  tx: Tx,
  lease: Lease,
  vm: RequestedVm,
  applied: { uid: string; namespaceCreated: boolean },
): Promise<void> {
  await tx.vm.updateMany({ where: { id: vm.id, k8sUid: null }, data: { k8sUid: applied.uid } });
  if (!applied.namespaceCreated) return;
  await openEvent(tx, platformContext("worker", lease.requestId), {
    type: "NAMESPACE_CREATED",
    aggregate: { type: "namespace", id: vm.namespace },
    payload: { cluster: vm.clusterName, environment: vm.environment },
    status: "COMPLETED",
  });
}
