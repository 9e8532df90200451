import type { Context } from "@/lib/core/context";
import { startEvent } from "@/lib/core/events";
import { newId } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { takeSnapshotJob } from "./jobs";
import { requireAble, requireFittingState } from "./rules";
import { readAbility } from "./read-ability";
import { holdVm, lockIdleVm } from "./store";

interface SnapshotWish {
  vmId: string;
  label: string;
  eventId: string;
  ticketId: string;
  requester: { id: string; name: string };
}

const machineNameMax = 40;

/** A step: the machine is left alone until it is saved; nothing here calls a cluster (spec §5.28). */
export async function takeSnapshot(tx: Tx, _ctx: Context, wish: SnapshotWish): Promise<void> {
  const { vmId, eventId, ticketId, label, requester } = wish;
  const vm = await lockIdleVm(tx, { vmId, eventId, move: "snapshot" });
  requireFittingState(vm.status, "CREATE_SNAPSHOT");
  requireAble(await readAbility(tx, vmId));
  const { diskGb } = await tx.vm.findUniqueOrThrow({ where: { id: vmId }, select: { diskGb: true } });
  const id = newId();
  await tx.vmSnapshot.create({
    data: {
      ...{ id, vmId, label, eventId, ticketId, sizeGb: diskGb, vmName: vm.name },
      ...{ clusterId: vm.clusterId, namespace: vm.namespace, name: snapshotName(vm.name, id) },
      ...{ createdBy: requester.id, createdByName: requester.name },
    },
    select: { id: true },
  });
  await holdVm(tx, vmId, eventId);
  await startEvent(tx, eventId, vm.clusterId);
  await enqueue(tx, takeSnapshotJob, { eventId });
}

/** The same for every attempt, so that there is never a second object. */
function snapshotName(vmName: string, id: string): string {
  return `${vmName.slice(0, machineNameMax)}-${id.slice(-12)}`;
}
