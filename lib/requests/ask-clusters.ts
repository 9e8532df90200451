import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { instanceNumber, vmName } from "@/lib/core/names";
import { askWorker } from "@/lib/core/worker-questions";
import { dryRunVmJob } from "@/lib/vms/jobs";
import { dryRunAnswer, type DryRunVerdict, type VmBlueprint, type VmIdentity } from "@/lib/vms/schema";
import type { MachineTicket } from "./store";

/** What of a ticket a name is made of; a preview has no ticket yet. */
export type Asked = Pick<
  MachineTicket,
  "id" | "requesterId" | "serviceId" | "serviceName" | "systemName" | "namespace"
>;

/** Asks the clusters' real admission about the exact manifest through a worker; ten seconds at most. */
export async function askClusters(
  ctx: Context,
  asked: Asked,
  blueprint: VmBlueprint,
  targets: {
    clusterId: string;
    storageClass: string | null;
    dvAccessModes: string[];
    dvVolumeMode: string | null;
  }[],
): Promise<DryRunVerdict[]> {
  const identity = await nextIdentity(asked);
  const answer = await askWorker(ctx, dryRunVmJob, { targets, identity, blueprint }, dryRunAnswer);
  return answer.verdicts;
}

/** The identity a VM would get if it were approved now; nothing is reserved. */
export async function nextIdentity(asked: Asked): Promise<VmIdentity> {
  const service = await db().service.findUniqueOrThrow({
    where: { id: asked.serviceId },
    select: { nextInstanceIndex: true },
  });
  const index = service.nextInstanceIndex;
  return {
    name: vmName({ namespace: asked.namespace, system: asked.systemName, service: asked.serviceName, index }),
    namespace: asked.namespace,
    system: asked.systemName,
    service: asked.serviceName,
    serviceId: asked.serviceId,
    instance: instanceNumber(index),
    ticketId: asked.id,
    createdBy: asked.requesterId,
  };
}
