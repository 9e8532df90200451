import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { openEvent, startEvent } from "@/lib/core/events";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { lockVm } from "@/lib/vms/lock-vm";
import { deleteSnapshotJob } from "./jobs";
import type { SnapshotInput } from "./schema";
import { unknownSnapshot } from "./rules";
import { lockSnapshot, moveSnapshot, type LockedSnapshot } from "./store";

/**
 * Whoever may operate the machine may throw away what was saved of it, at once; the row goes when the cluster's object has.
 * @throws INVALID_STATE while it is being made or a machine goes back to it
 */
export function deleteSnapshot(ctx: Context, { snapshotId }: SnapshotInput): Promise<void> {
  return inTransaction(async (tx) => {
    const snapshot = await lockSnapshot(tx, snapshotId);
    const vm = await lockVm(tx, snapshot.vmId).catch(asUnknownSnapshot);
    const { systemId, serviceId, environment } = vm;
    const scope = { systemId, serviceId, environment, vmId: vm.id, role: "member" as const };
    await authorize(tx, ctx, "vm:operate", scope).catch(asUnknownSnapshot);
    await beginDeletion(tx, ctx, snapshot);
    await recordAudit(tx, ctx, {
      action: "vm.snapshot_delete_submitted",
      resource: { type: "snapshot", id: snapshot.id, name: snapshot.label },
      parent: { type: "vm", id: vm.id },
      environment,
      details: { vm: vm.name },
    });
  });
}

async function beginDeletion(tx: Tx, ctx: Context, snapshot: LockedSnapshot): Promise<void> {
  const used = await tx.vmRestore.count({
    where: { snapshotId: snapshot.id, status: { in: ["PENDING", "RESTORING"] } },
  });
  const eventId = await openEvent(tx, ctx, {
    type: "VM_SNAPSHOT_DELETION_REQUESTED",
    aggregate: { type: "vm", id: snapshot.vmId },
    payload: { snapshotId: snapshot.id },
  });
  const isMoved = used === 0 && (await moveSnapshot(tx, snapshot.id, "delete", { deletionId: eventId }));
  if (!isMoved) {
    const state = used === 0 ? snapshot.status : "RESTORING";
    throw new AppError("INVALID_STATE", { object: "snapshot", state, move: "delete" });
  }
  await startEvent(tx, eventId, snapshot.clusterId);
  await enqueue(tx, deleteSnapshotJob, { eventId });
}

/** A snapshot of a machine that one may not see answers like one that does not exist. */
function asUnknownSnapshot(error: unknown): never {
  if (error instanceof AppError && error.status === 404) throw unknownSnapshot();
  throw error;
}
