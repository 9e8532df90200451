import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { createVm } from "@/lib/vms/create-vm";
import { vmBlueprint } from "@/lib/vms/schema";
import { cloneVmJob } from "./jobs";
import { requireAble, requireFittingState } from "./rules";
import { readAbility } from "./read-ability";
import { lockIdleVm } from "./store";

interface CloneWish {
  /** The machine that is copied. */
  vmId: string;
  eventId: string;
  ticketId: string;
  requesterId: string;
}

/** A step: a machine of its own begins, beside the one that it is a copy of; nothing here calls a cluster (spec §5.29). */
export async function cloneVm(
  tx: Tx,
  ctx: Context,
  wish: CloneWish,
): Promise<{ id: string; name: string; clusterId: string }> {
  const { vmId, eventId, ticketId, requesterId } = wish;
  const { status, clusterId, namespace } = await lockIdleVm(tx, { vmId, eventId, move: "clone" });
  requireFittingState(status, "CLONE_VM");
  requireAble(await readAbility(tx, vmId));
  const made = await createVm(tx, ctx, {
    ...{ ticketId, eventId, requesterId, namespace, clusterId, job: cloneVmJob },
    ...(await readMaking(tx, vmId)),
  });
  return { ...made, clusterId };
}

/** What a machine was made of; whoever found it in a cluster cannot say. */
async function readMaking(tx: Tx, vmId: string) {
  const source = await tx.vm.findUniqueOrThrow({
    where: { id: vmId },
    select: {
      ...{ blueprint: true, templateId: true, templateVersion: true, instanceSizeId: true },
      service: { select: { id: true, name: true, system: { select: { name: true } } } },
    },
  });
  const { templateId, templateVersion, instanceSizeId, service } = source;
  const blueprint = vmBlueprint.safeParse(source.blueprint);
  if (!blueprint.success || templateId === null || templateVersion === null || instanceSizeId === null)
    throw new AppError("NOT_SUPPORTED", { operation: "CLONE_VM" });
  return {
    service: { id: service.id, name: service.name, systemName: service.system.name },
    template: { id: templateId, version: templateVersion },
    instanceSizeId,
    blueprint: blueprint.data,
  };
}
