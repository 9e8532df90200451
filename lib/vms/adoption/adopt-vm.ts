import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { openEvent } from "@/lib/core/events";
import { instanceNumber } from "@/lib/core/names";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { recordMachine } from "./record-machine";
import { instanceIndex } from "./rules";
import type { AdoptVm } from "./schema";
import {
  lockAdoption,
  lockService,
  requireNoObstacle,
  requireStatus,
  reserveIndexes,
  type LockedService,
} from "./store";

/** A machine found in a cluster becomes one of the Service's; nothing is written in the cluster (spec §5.18). */
export function adoptVm(ctx: Context, input: AdoptVm): Promise<{ id: string; name: string }> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const adoption = await lockAdoption(tx, input.adoptionId);
    requireStatus(adoption, "PENDING", "adopt");
    const { machine, clusterId, namespace, resourceName: name, k8sUid: uid } = adoption;
    if (machine === null) throw new AppError("INVALID_STATE", { object: "adoption", state: "UNREAD" });
    await requireNoObstacle(tx, clusterId, { namespace, name });

    const service = await lockService(tx, input.serviceId);
    const vm = await recordMachine(tx, service, {
      ...{ origin: "adopted", clusterId, namespace, name, uid, facts: machine },
      instance: await takeInstance(tx, service, adoption.instance),
      createdBy: actorId(ctx.actor),
    });
    await tx.pendingAdoption.update({
      where: { id: adoption.id },
      data: { status: "ADOPTED", vmId: vm.id, decidedBy: actorId(ctx.actor), decidedAt: ctx.now },
      select: { id: true },
    });
    await openEvent(tx, ctx, {
      type: "VM_ADOPTED",
      aggregate: { type: "vm", id: vm.id },
      payload: { adoptionId: adoption.id, clusterId, namespace, name, uid, serviceId: service.id },
      status: "COMPLETED",
    });
    await recordAudit(tx, ctx, {
      action: "vm.adopt",
      resource: { type: "vm", id: vm.id, name: vm.name },
      parent: { type: "service", id: service.id },
      details: { adoptionId: adoption.id, clusterId, namespace, uid },
    });
    return vm;
  });
}

/** The number that its label says, where no other machine of the service bears it; otherwise the next one. */
async function takeInstance(tx: Tx, service: LockedService, labelled: string | null): Promise<string> {
  const index = instanceIndex(labelled) ?? service.nextIndex;
  const taken = await tx.vm.count({ where: { serviceId: service.id, instance: instanceNumber(index) } });
  const free = taken === 0 ? index : service.nextIndex;
  await reserveIndexes(tx, service.id, free + 1);
  return instanceNumber(free);
}
