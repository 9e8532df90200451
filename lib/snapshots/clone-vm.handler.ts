import { z } from "zod";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import {
  applyClone,
  deleteClone,
  markClone,
  readClone,
  type MachineClone,
} from "@/lib/adapters/kubevirt/clones";
import type { VirtualMachine } from "@/lib/adapters/kubevirt/types";
import { startVirtualMachine } from "@/lib/adapters/kubevirt/power-calls";
import { readVirtualMachine } from "@/lib/adapters/kubevirt/virtual-machines";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Lease } from "@/lib/core/leases";
import { runEvent, type Outcome } from "@/lib/core/run-event";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import { failOperation } from "@/lib/vms/fail-operation";
import { observeFresh } from "@/lib/vms/observe-fresh";
import { labelPrefix, renderVm } from "@/lib/vms/render-vm";
import { requirePlaceable } from "@/lib/vms/require-placeable";
import { readRequestedVm, type RequestedVm } from "@/lib/vms/read-operated-vm";
import { labelsOf, requireMachine, requireOurs } from "./require-ours";

const recheckSeconds = 3;
const clonePayload = z.looseObject({ vmId: z.string(), startAfterClone: z.boolean() });
type CloneOrder = z.output<typeof clonePayload>;

/** The cluster makes the copy; it gets our labels, is started where that was asked, and is then observed like any other. */
export function cloneVm(payload: { eventId: string }): Promise<void> {
  return runEvent(payload.eventId, {
    run: cloneInCluster,
    fail: (tx, lease, failure) => failOperation(tx, lease, failure),
    timeoutSeconds: cloneSeconds,
  });
}

const cloneSeconds = async (tx: Tx) => (await readSetting(tx, "vm.provisioning_timeout_minutes")) * 60;

async function cloneInCluster(lease: Lease, signal: AbortSignal): Promise<Outcome> {
  const vm = await readRequestedVm(lease.eventId);
  if (lease.steps.applied !== undefined) return observeFresh(vm, recheckSeconds);
  const order = clonePayload.parse(lease.payload);
  const client = await connectCluster(vm.clusterId);
  const machine = await readVirtualMachine(client, vm.namespace, vm.name);
  const copy = { order, machine, signal };
  if (machine !== null && isMarked(machine, vm)) return takeOver(client, vm, { ...copy, machine });
  const object = (await findOurs(client, vm)) ?? (await makeObject(client, vm, copy));
  if (object.failure !== null) throw new AppError("CLUSTER_REJECTED", { message: object.failure });
  if (object.isComplete && machine !== null) return takeOver(client, vm, { ...copy, machine });
  if (lease.ageSeconds > (await cloneSeconds(db()))) await deleteClone(client, { ...vm, uid: object.uid });
  return { kind: "waiting", recheckSeconds, steps: ["namespace", "manifest"] };
}

function isMarked({ metadata }: VirtualMachine, { ticketId }: RequestedVm): boolean {
  return Object.entries(labelsOf({ ticketId })).every(([key, value]) => metadata.labels[key] === value);
}

async function findOurs(client: ClusterClient, vm: RequestedVm): Promise<MachineClone | null> {
  const existing = await readClone(client, vm);
  if (existing !== null) requireOurs(existing, vm);
  return existing;
}

interface Copy {
  order: CloneOrder;
  /** What stands under the name of the copy. */
  machine: VirtualMachine | null;
  signal: AbortSignal;
}

/** Before the cluster was asked, whatever stands under the name is somebody else's. */
async function makeObject(
  client: ClusterClient,
  vm: RequestedVm,
  { order, machine, signal }: Copy,
): Promise<MachineClone> {
  if (machine !== null) requireOurs(machine.metadata, vm);
  const source = await db().vm.findUnique({
    where: { id: order.vmId },
    select: { name: true, namespace: true, k8sUid: true },
  });
  if (source === null) throw new AppError("VM_NOT_FOUND");
  await requireMachine(client, { namespace: source.namespace, vmName: source.name, vmUid: source.k8sUid });
  await requirePlaceable(vm);
  const { namespace, name } = vm;
  const names = { namespace, name, target: name, source: source.name, labelPrefix };
  return applyClone(client, { ...names, labels: labelsOf(vm) }, signal);
}

/** Each part may be done twice: marks are applied, what is deleted stays deleted, and what runs is started. */
async function takeOver(
  client: ClusterClient,
  vm: RequestedVm,
  { order, machine, signal }: Copy & { machine: VirtualMachine },
): Promise<Outcome> {
  const { uid } = machine.metadata;
  const { labels = {}, annotations = {} } = renderVm(vm.identity, vm.blueprint).metadata;
  await markClone(client, { namespace: vm.namespace, name: vm.name, uid, labels, annotations }, signal);
  const object = await findOurs(client, vm);
  if (object !== null) await deleteClone(client, { ...vm, uid: object.uid });
  if (order.startAfterClone) await startVirtualMachine(client, vm.namespace, vm.name);
  return {
    kind: "waiting",
    recheckSeconds,
    steps: ["namespace", "manifest", "applied"],
    record: async (tx) => {
      await tx.vm.updateMany({ where: { id: vm.id, k8sUid: null }, data: { k8sUid: uid } });
    },
  };
}
