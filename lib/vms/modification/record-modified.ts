import { recordAudit } from "@/lib/core/audit";
import { platformContext } from "@/lib/core/context";
import { closeEvent, recordStep } from "@/lib/core/events";
import type { Lease } from "@/lib/core/leases";
import type { Tx } from "@/lib/core/transaction";
import type { LiveMachine } from "./live/rules";
import { ownFactsOf, recordLive } from "./record-live";
import { recordFirstRevision } from "./record-first-revision";
import { recordRevision } from "./record-revision";
import { wishedFacts, type ModificationPlan } from "./rules";
import { applyWish } from "./settings/rules";
import { findModifiedVm, type ModifiedVm } from "./find-modified-vm";
import { asColumn, type Modification } from "./store";

interface Modified {
  modification: Modification;
  plan: ModificationPlan;
  live: LiveMachine;
}

/** A step: the cluster has taken the change; the machine is what it has become, once, whoever reports it. */
export async function recordModified(
  tx: Tx,
  lease: Lease,
  { modification, plan, live }: Modified,
): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM vms WHERE id = ${modification.vmId} FOR UPDATE`;
  const before = await findModifiedVm(tx, modification.vmId);
  if (before === null) {
    await closeEvent(tx, lease.eventId, "fail", "VM_NOT_FOUND: the machine was removed");
    return;
  }
  await recordFirstRevision(tx, before.id);
  const { changed } = await writeColumns(tx, before, { modification, plan, live });
  const { reason, ticketId, actorId: id, actorName: name } = modification;
  const actor = { id, name };
  const revision = await recordRevision(tx, { vm: changed, kind: "modified", reason, ticketId, actor });
  const facts = { ...ownFactsOf(changed, live), ...wishedFacts(modification.wish) };
  await recordLive(tx, changed, { ...live, generation: 0, facts });
  await tx.vmModification.update({
    where: { eventId: lease.eventId },
    data: { applied: plan.rows },
    select: { eventId: true },
  });
  await recordStep(tx, lease.eventId, "applied");
  if (!(await closeEvent(tx, lease.eventId, "complete"))) return;
  await recordAudit(tx, platformContext("worker", lease.requestId), {
    action: "vm.modify",
    resource: { type: "vm", id: changed.id, name: changed.name },
    environment: changed.environment,
    details: { ticketId, revision, rows: plan.rows },
  });
}

async function writeColumns(tx: Tx, before: ModifiedVm, { modification, plan, live }: Modified) {
  const { wish, eventId } = modification;
  const blueprint = before.blueprint === null ? null : applyWish(before.blueprint, wish, plan.cpuRequest);
  const changed: ModifiedVm = {
    ...before,
    blueprint,
    cpuCores: wish.cpu?.cores ?? before.cpuCores,
    memoryGi: wish.memory?.gi ?? before.memoryGi,
    diskGb: diskGbAfter(before, wish, live),
    instanceSizeId: wish.instanceSizeId ?? before.instanceSizeId,
  };
  const { cpuCores, memoryGi, diskGb, instanceSizeId } = changed;
  await tx.vm.update({
    where: { id: before.id },
    data: {
      ...{ cpuCores, memoryGi, diskGb, instanceSizeId },
      ...(blueprint === null ? {} : { blueprint: asColumn(blueprint) }),
      ...(before.activeEventId === eventId ? { activeEventId: null } : {}),
    },
    select: { id: true },
  });
  return { changed };
}

/** Of a machine that was made here it is its first disk; of one that was found, all of them together. */
function diskGbAfter(before: ModifiedVm, wish: Modification["wish"], live: LiveMachine): number {
  if (before.blueprint !== null) return wish.diskGb ?? before.diskGb;
  const root = wish.diskGb === undefined ? 0 : wish.diskGb - (live.claim?.sizeGb ?? before.diskGb);
  return (
    before.diskGb + root + (wish.disks ?? []).reduce((sum, { fromGb, sizeGb }) => sum + sizeGb - fromGb, 0)
  );
}
