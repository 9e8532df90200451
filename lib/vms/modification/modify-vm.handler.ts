import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { growVolumeClaim, patchVirtualMachine } from "@/lib/adapters/kubevirt/modify-machines";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Lease } from "@/lib/core/leases";
import { runEvent, type Outcome } from "@/lib/core/run-event";
import { readSetting } from "@/lib/settings/read-setting";
import { failModification } from "./fail-modification";
import type { LiveMachine } from "./live/rules";
import { factsOf } from "./project-machine";
import { readMachine } from "./read-machine";
import { recordModified } from "./record-modified";
import { changedSince, planChange, wishedFacts, type ModificationPlan } from "./rules";
import { readModifiedVm, type ModifiedVm } from "./find-modified-vm";
import { readModification, type Modification } from "./store";

/** Whoever else writes to the machine is let go first; after that the attempt ends and the next one reads again. */
const conflictsMax = 5;

/** What was approved is computed again from what the cluster has now, and sent for exactly that version (spec §5.13). */
export function modifyVm(payload: { eventId: string }): Promise<void> {
  return runEvent(payload.eventId, {
    run: modifyInCluster,
    fail: failModification,
    timeoutSeconds: async (tx) => (await readSetting(tx, "vm.operation_timeout_minutes")) * 60,
  });
}

async function modifyInCluster(lease: Lease, signal: AbortSignal): Promise<Outcome> {
  const modification = await readModification(db(), lease.eventId);
  const vm = await readModifiedVm(db(), modification.vmId);
  const client = await connectCluster(vm.clusterId);
  const { plan, live } = await sendChange(client, { modification, vm }, signal);
  return { kind: "done", record: (tx) => recordModified(tx, lease, { modification, plan, live }) };
}

interface Ordered {
  modification: Modification;
  vm: ModifiedVm;
}

interface Sent {
  plan: ModificationPlan;
  /** The machine as it was before the last of it was sent. */
  live: LiveMachine;
}

async function sendChange(client: ClusterClient, ordered: Ordered, signal: AbortSignal): Promise<Sent> {
  for (let attempt = 1; ; attempt += 1) {
    const live = await readOurs(client, ordered);
    requireUnchanged(live, ordered.modification);
    const plan = planChange(live, ordered.modification.wish);
    requirePossible(plan);
    try {
      await send(client, ordered.vm, { plan, live }, signal);
      return { plan, live };
    } catch (error) {
      const isConflict = error instanceof ClusterFailure && error.kind === "conflict";
      if (!isConflict || attempt >= conflictsMax) throw error;
    }
  }
}

async function readOurs(client: ClusterClient, { vm }: Ordered): Promise<LiveMachine> {
  const live = await readMachine(client, vm);
  if (live === null) throw new AppError("VM_NOT_FOUND", { message: "the cluster has no such machine" });
  if (vm.k8sUid !== null && live.uid !== vm.k8sUid) {
    throw new AppError("FOREIGN_OBJECT", { name: vm.name, namespace: vm.namespace });
  }
  return live;
}

/** What somebody has changed since the approval was approved by nobody. */
function requireUnchanged(live: LiveMachine, { base, wish }: Modification): void {
  if (base === null) return;
  const facts = factsOf(live, Object.keys(base));
  const changed = changedSince(base, facts, wishedFacts(wish));
  if (changed.length === 0) return;
  const message = changed
    .map(
      ({ field, approved, live: now }) =>
        `${field}: approved at ${JSON.stringify(approved)}, now ${JSON.stringify(now)}`,
    )
    .join("; ");
  throw new AppError("SPEC_CHANGED", { message });
}

function requirePossible(plan: ModificationPlan): void {
  const row = plan.rows.find(({ verdict }) => verdict === "impossible");
  if (row === undefined) return;
  const message = `${row.field}: ${row.reason}, from ${JSON.stringify(row.from)} to ${JSON.stringify(row.to)}`;
  throw new AppError("CLUSTER_REJECTED", { message });
}

async function send(
  client: ClusterClient,
  { namespace, name }: ModifiedVm,
  { plan, live }: Sent,
  signal: AbortSignal,
): Promise<void> {
  // The disks first: a template that names the new size stands for a disk that has it.
  for (const { name: claim, resourceVersion, toGb } of plan.growths) {
    const grown = { namespace, name: claim, resourceVersion, sizeGb: toGb };
    await growVolumeClaim(client, grown, { signal });
  }
  if (Object.keys(plan.spec).length > 0) {
    const { resourceVersion } = live;
    await patchVirtualMachine(client, { namespace, name, resourceVersion, spec: plan.spec }, { signal });
  }
}
