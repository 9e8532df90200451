import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { startEvent } from "@/lib/core/events";
import { newId } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { restoreSnapshotJob } from "./jobs";
import { requireFittingState } from "./rules";
import { holdVm, lockIdleVm, lockSnapshot } from "./store";

interface RestoreWish {
  vmId: string;
  snapshotId: string;
  eventId: string;
  ticketId: string;
  requester: { id: string; name: string };
}

/** A step: a stopped machine begins its way back, and nobody starts it on the way (spec §5.28). */
export async function restoreSnapshot(tx: Tx, _ctx: Context, wish: RestoreWish): Promise<void> {
  const { vmId, snapshotId, eventId, ticketId, requester } = wish;
  const vm = await lockIdleVm(tx, { vmId, eventId, move: "restore" });
  requireFittingState(vm.status, "RESTORE_SNAPSHOT");
  const snapshot = await lockSnapshot(tx, snapshotId);
  if (snapshot.status !== "READY")
    throw new AppError("INVALID_STATE", { object: "snapshot", state: snapshot.status, move: "restore" });
  const id = newId();
  await tx.vmRestore.create({
    data: {
      ...{ id, snapshotId, vmId, eventId, ticketId, name: `restore-${id.slice(-12)}` },
      ...{ createdBy: requester.id, createdByName: requester.name },
    },
    select: { id: true },
  });
  await holdVm(tx, vmId, eventId);
  await startEvent(tx, eventId, vm.clusterId);
  await enqueue(tx, restoreSnapshotJob, { eventId });
}
