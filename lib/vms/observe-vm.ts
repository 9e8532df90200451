import { Prisma } from "@/prisma/generated/client";
import { db } from "@/lib/core/db";
import { recordStep } from "@/lib/core/events";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { EventType } from "@/lib/vocabulary/event-types";
import { finishOperation } from "./finish-operation";
import { vmMachine } from "./machine";
import type { CompleteList, ListOutcome, VmObservation } from "./observation";
import { judgeObservation, type ObservationVerdict, type VmFacts } from "./rules";

interface ObservedVm extends VmFacts {
  id: string;
  name: string;
  namespace: string;
  clusterId: string;
  environment: string;
  ticketId: string;
  activeEventId: string | null;
  requestId: string | null;
}

/** What the clusters say → machine moves. Reports that change nothing write nothing. */
export async function observeVms(observations: VmObservation[]): Promise<void> {
  const latest = [...new Map(observations.map((seen) => [`${seen.kind} ${keyOf(seen)}`, seen])).values()];
  const known = await readObserved(db(), latest);
  for (const seen of latest) {
    const vm = known.get(keyOf(seen));
    if (vm === undefined || !isOurs(vm, seen) || !isNews(judgeObservation(vm, seen))) continue;
    await observeVm(vm, seen);
    // A second report on the same VM in this batch must see what the first one changed.
    const fresh = (await readObserved(db(), [seen])).get(keyOf(seen));
    if (fresh === undefined) known.delete(keyOf(seen));
    else known.set(keyOf(seen), fresh);
  }
}

async function observeVm(vm: ObservedVm, seen: VmObservation): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM vms WHERE id = ${vm.id} FOR UPDATE`;
    const current = (await readObserved(tx, [seen])).get(keyOf(seen));
    if (current === undefined) return;
    const verdict = judgeObservation(current, seen);
    if (!isNews(verdict)) return;
    await recordVerdict(tx, current, verdict);
  });
}

async function recordVerdict(tx: Tx, vm: ObservedVm, verdict: ObservationVerdict): Promise<void> {
  if (verdict.removed) await removeVm(tx, vm.id);
  else await writeFacts(tx, vm, verdict);
  const { activeEventId: id, activeEventType: type, requestId } = vm;
  if (id === null || type === null || requestId === null) return;
  if (verdict.ending === null) {
    for (const step of verdict.steps) await recordStep(tx, id, step);
    return;
  }
  const message = verdict.ending === "fail" ? "the virtual machine was removed in the cluster" : undefined;
  await finishOperation(tx, { id, type, requestId }, vm, {
    ending: verdict.ending,
    steps: verdict.steps,
    ...(message === undefined ? {} : { message }),
  });
}

async function writeFacts(tx: Tx, vm: ObservedVm, verdict: ObservationVerdict): Promise<void> {
  const { osInfo, ...facts } = verdict.changes;
  const to = verdict.move === null ? null : vmMachine.moves[verdict.move].to;
  const stateChanges = to !== null && to !== vm.status;
  await tx.vm.update({
    where: { id: vm.id },
    data: {
      ...facts,
      // The adapter has bounded and parsed it.
      ...(osInfo === undefined
        ? {}
        : { osInfo: osInfo === null ? Prisma.DbNull : (osInfo as Prisma.InputJsonObject) }),
      ...(stateChanges ? { status: to, statusSince: new Date() } : {}),
      ...(verdict.ending === null ? {} : { activeEventId: null }),
      observedAt: new Date(),
    },
    select: { id: true },
  });
}

/** A step: the row and what hangs on it go; tickets, events and records keep its id as text. */
export async function removeVm(tx: Tx, vmId: string): Promise<void> {
  await tx.resourceRoleBinding.deleteMany({ where: { resourceType: "vm", resourceId: vmId } });
  await tx.vncAccessToken.updateMany({
    where: { vmId, revokedAt: null, closedAt: null },
    data: { revokedAt: new Date(), revokedBy: "vm_deleted" },
  });
  await tx.vm.deleteMany({ where: { id: vmId } });
}

/** A complete list names every VM there is: ours that are missing have gone. Too many missing proves a bad list. */
export async function observeComplete(list: CompleteList): Promise<ListOutcome> {
  if (list.kind !== "vm") return { known: 0, missing: 0, halted: false };
  const known = await db().vm.findMany({
    where: { clusterId: list.clusterId, k8sUid: { not: null }, status: { not: "NOT_FOUND" } },
    select: { namespace: true, name: true, k8sUid: true },
  });
  const present = new Set(list.keys);
  const missing = known.filter((vm) => !present.has(`${vm.namespace}/${vm.name}`));
  const halted = known.length > 1 && missing.length * 2 > known.length;
  if (!halted) await observeVms(missing.map((vm) => goneObservation(list.clusterId, vm)));
  return { known: known.length, missing: missing.length, halted };
}

function goneObservation(
  clusterId: string,
  vm: { namespace: string; name: string; k8sUid: string | null },
): VmObservation {
  return {
    clusterId,
    kind: "vm",
    namespace: vm.namespace,
    name: vm.name,
    uid: vm.k8sUid ?? "",
    resourceVersion: "",
    deleted: true,
    terminating: false,
    conditions: [],
  };
}

/** An object of our name that somebody else made is not our VM; until the apply is recorded, its ticket tells. */
function isOurs(vm: ObservedVm, seen: VmObservation): boolean {
  if (seen.kind === "vmi") return true;
  return vm.k8sUid === null ? vm.ticketId === seen.ticketId : vm.k8sUid === seen.uid;
}

function isNews(verdict: ObservationVerdict): boolean {
  return (
    verdict.move !== null ||
    verdict.ending !== null ||
    verdict.removed ||
    verdict.steps.length > 0 ||
    Object.keys(verdict.changes).length > 0
  );
}

function keyOf(vm: { clusterId: string; namespace: string; name: string }): string {
  return `${vm.clusterId} ${vm.namespace}/${vm.name}`;
}

async function readObserved(tx: Tx, seen: VmObservation[]): Promise<Map<string, ObservedVm>> {
  if (seen.length === 0) return new Map();
  const rows = await tx.$queryRaw<(ObservedVm & { activeEventType: EventType | null })[]>`
    SELECT v.id, v.name, v.namespace, v.cluster_id AS "clusterId", n.environment, v.status,
      v.ticket_id AS "ticketId", v.status_message AS "statusMessage", v.cluster_status AS "clusterStatus", v.ip, v.node, v.os_info AS "osInfo",
      v.k8s_uid AS "k8sUid", v.vmi_uid AS "vmiUid", v.restart_required AS "restartRequired",
      v.active_event_id AS "activeEventId", e.event_type AS "activeEventType", e.request_id AS "requestId",
      e.payload ->> 'vmiUid' AS "vmiUidBefore"
    FROM unnest(${seen.map((one) => one.clusterId)}::text[], ${seen.map((one) => one.namespace)}::text[],
      ${seen.map((one) => one.name)}::text[]) AS wanted(cluster_id, namespace, name)
    JOIN vms v USING (cluster_id, namespace, name) JOIN namespaces n ON n.name = v.namespace
    LEFT JOIN domain_events e ON e.id = v.active_event_id`;
  return new Map(rows.map((row) => [keyOf(row), row]));
}
