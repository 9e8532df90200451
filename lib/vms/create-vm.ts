import type { Prisma } from "@/prisma/generated/client";
import { actorId, type Context } from "@/lib/core/context";
import { startEvent } from "@/lib/core/events";
import { newId } from "@/lib/core/ids";
import { enqueue, type Job } from "@/lib/core/jobs";
import { instanceNumber, vmName } from "@/lib/core/names";
import type { Tx } from "@/lib/core/transaction";
import { createVmJob } from "./jobs";
import { recordFirstRevision } from "./modification/record-first-revision";
import type { VmBlueprint } from "./schema";

export interface VmOrder {
  ticketId: string;
  eventId: string;
  requesterId: string;
  service: { id: string; name: string; systemName: string };
  namespace: string;
  clusterId: string;
  template: { id: string; version: number };
  instanceSizeId: string;
  blueprint: VmBlueprint;
  /** Who makes it in the cluster; by default of its blueprint. */
  job?: Job<{ eventId: string }>;
}

/** A step: takes the next index, makes the row in CREATING and puts the work in the queue (spec §5.11). */
export async function createVm(tx: Tx, ctx: Context, order: VmOrder): Promise<{ id: string; name: string }> {
  const { index, name } = await takeName(tx, order);
  const id = newId();
  const { blueprint } = order;
  await tx.vm.create({
    data: {
      id,
      name,
      hostname: name,
      serviceId: order.service.id,
      namespace: order.namespace,
      clusterId: order.clusterId,
      instance: instanceNumber(index),
      status: "CREATING",
      cpuCores: blueprint.cpuLimit,
      memoryGi: blueprint.memoryLimitGi,
      diskGb: blueprint.diskGb,
      templateId: order.template.id,
      templateVersion: order.template.version,
      instanceSizeId: order.instanceSizeId,
      ticketId: order.ticketId,
      activeEventId: order.eventId,
      storageClass: blueprint.storageClass,
      dvAccessModes: blueprint.dvAccessModes,
      dvVolumeMode: blueprint.dvVolumeMode,
      // A parsed blueprint is JSON.
      blueprint: blueprint as Prisma.InputJsonObject,
      createdBy: order.requesterId === "" ? actorId(ctx.actor) : order.requesterId,
    },
    select: { id: true },
  });
  await recordFirstRevision(tx, id, "created");
  await startEvent(tx, order.eventId, order.clusterId);
  await enqueue(tx, order.job ?? createVmJob, { eventId: order.eventId });
  return { id, name };
}

/** Indexes only grow. Hyphens make names ambiguous, so a taken name takes the next index (spec §8). */
async function takeName(tx: Tx, order: VmOrder): Promise<{ index: number; name: string }> {
  for (;;) {
    const rows = await tx.$queryRaw<{ index: number }[]>`
      UPDATE services SET next_instance_index = next_instance_index + 1
      WHERE id = ${order.service.id} RETURNING next_instance_index - 1 AS index`;
    const index = rows[0]?.index ?? 1;
    const name = vmName({
      namespace: order.namespace,
      system: order.service.systemName,
      service: order.service.name,
      index,
    });
    const taken = await tx.vm.findFirst({
      where: { namespace: order.namespace, name },
      select: { id: true },
    });
    if (taken === null) return { index, name };
  }
}
