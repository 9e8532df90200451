import { Prisma } from "@/prisma/generated/client";
import { db } from "@/lib/core/db";
import { recordStep } from "@/lib/core/events";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { noticeLabelled } from "./adoption/notice-labelled";
import { noticeMissing } from "./adoption/notice-missing";
import { finishOperation } from "./finish-operation";
import {
  isNews,
  isOperationNews,
  isOurs,
  judgeObservations,
  type ObservedChange,
} from "./judge-observations";
import type { CompleteList, ListOutcome, VmObservation } from "./observation";
import { keyOf, readObserved, type ObservedVm } from "./read-observed";
import { recordObserved, type JudgedRow } from "./record-observed";

/**
 * What the clusters say → machine moves, in the order in which it was said. Reports that change nothing write nothing;
 * those that change rows alone are one statement together, and each that touches an operation is a transaction.
 */
export async function observeVms(observations: VmObservation[]): Promise<void> {
  const byVm = Map.groupBy(observations, keyOf);
  const known = await readObserved(
    db(),
    [...byVm.values()].flatMap(([first]) => first ?? []),
  );
  const judged = [...known].map(([key, vm]) => ({ vm, change: judgeObservations(vm, byVm.get(key) ?? []) }));
  const news = judged.filter(({ change }) => isNews(change));
  const written = await recordObserved(news.filter(({ change }) => !isOperationNews(change)));
  for (const { vm } of news) if (!written.has(vm.id)) await observeVm(vm, byVm.get(keyOf(vm)) ?? []);
  const strangers = observations.filter((seen) => isStranger(known.get(keyOf(seen)), seen));
  if (strangers.length > 0) await noticeLabelled(strangers);
}

/** A machine with our label that is none of our rows. */
function isStranger(vm: ObservedVm | undefined, seen: VmObservation): boolean {
  return seen.kind === "vm" && seen.labels !== undefined && (vm === undefined || !isOurs(vm, seen));
}

async function observeVm(vm: ObservedVm, observations: VmObservation[]): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM vms WHERE id = ${vm.id} FOR UPDATE`;
    const current = (await readObserved(tx, [vm])).get(keyOf(vm));
    if (current === undefined) return;
    const change = judgeObservations(current, observations);
    if (isNews(change)) await recordChange(tx, { vm: current, change });
  });
}

async function recordChange(tx: Tx, { vm, change }: JudgedRow): Promise<void> {
  if (change.removed) await removeVm(tx, vm.id);
  else await writeFacts(tx, vm, change);
  const { activeEventId: id, activeEventType: type, requestId } = vm;
  if (id === null || type === null || requestId === null) return;
  if (change.ending === null) {
    for (const step of change.steps) await recordStep(tx, id, step);
    return;
  }
  const message = change.ending === "fail" ? "the virtual machine was removed in the cluster" : undefined;
  await finishOperation(tx, { id, type, requestId }, vm, {
    ending: change.ending,
    steps: change.steps,
    ...(message === undefined ? {} : { message }),
  });
}

async function writeFacts(tx: Tx, vm: ObservedVm, change: ObservedChange): Promise<void> {
  const { osInfo, symptoms, ...facts } = change.changes;
  await tx.vm.update({
    where: { id: vm.id },
    data: {
      ...facts,
      ...(osInfo === undefined ? {} : { osInfo: asJson(osInfo) }),
      ...(symptoms === undefined ? {} : { symptoms: asJson(symptoms) }),
      ...(change.status === null ? {} : { status: change.status, statusSince: new Date() }),
      ...(change.ending === null ? {} : { activeEventId: null }),
      ...(change.version === null ? {} : { lastK8sRv: change.version }),
      observedAt: new Date(),
    },
    select: { id: true },
  });
}

function asJson(observed: unknown) {
  // The adapter has bounded and parsed it.
  return observed === null ? Prisma.DbNull : (observed as Prisma.InputJsonObject);
}

/** A step: the row and what hangs on it go; tickets, events and records keep its id as text. */
export async function removeVm(tx: Tx, vmId: string): Promise<void> {
  await tx.resourceRoleBinding.deleteMany({ where: { resourceType: "vm", resourceId: vmId } });
  await tx.vncAccessToken.updateMany({
    where: { vmId, revokedAt: null, closedAt: null },
    data: { revokedAt: new Date(), revokedBy: "vm_deleted" },
  });
  await tx.vmInitialPassword.deleteMany({ where: { vmId } });
  await tx.vm.deleteMany({ where: { id: vmId } });
}

/** A complete list names every object there is: what it does not name has gone. Too many missing machines prove a bad list. */
export async function observeComplete(list: CompleteList): Promise<ListOutcome> {
  if (list.kind === "vmi") return { known: 0, missing: 0, halted: false };
  const known = await db().vm.findMany({
    where: { clusterId: list.clusterId, ...expectedIn[list.kind] },
    select: { namespace: true, name: true, k8sUid: true },
  });
  const present = new Set(list.keys);
  const missing = known.filter((vm) => !present.has(`${vm.namespace}/${vm.name}`));
  const halted = list.kind === "vm" && known.length > 1 && missing.length * 2 > known.length;
  if (!halted) {
    await observeVms(missing.map((vm) => goneObservation(list, vm)));
    await noticeMissing(list);
  }
  return { known: known.length, missing: missing.length, halted };
}

/** Which of a cluster's VMs a complete list must name. */
const expectedIn = {
  vm: { k8sUid: { not: null }, status: { not: "NOT_FOUND" } },
  dv: {
    OR: [{ importProgress: { not: null } }, { symptoms: { path: ["volumes"], not: Prisma.AnyNull } }],
  },
} satisfies Record<string, Prisma.VmWhereInput>;

function goneObservation(
  { clusterId, kind }: CompleteList,
  vm: { namespace: string; name: string; k8sUid: string | null },
): VmObservation {
  return {
    clusterId,
    kind,
    namespace: vm.namespace,
    name: vm.name,
    uid: vm.k8sUid ?? "",
    resourceVersion: "",
    deleted: true,
    terminating: false,
    conditions: [],
  };
}
