import {
  deleteSnapshot as deleteObject,
  readSnapshot,
  type MachineSnapshot,
} from "@/lib/adapters/kubevirt/snapshots";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { closeEvent } from "@/lib/core/events";
import type { Lease } from "@/lib/core/leases";
import { runEvent, type Outcome } from "@/lib/core/run-event";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import { describeFailure, finishWork } from "./finish-work";
import { labelsOf } from "./require-ours";
import { unknownSnapshot } from "./rules";
import { findDeletionOrder, moveSnapshot, type SnapshotOrder } from "./store";

const recheckSeconds = 3;

/** The object goes first; the row stays until the cluster no longer has it. */
export function deleteSnapshot(payload: { eventId: string }): Promise<void> {
  return runEvent(payload.eventId, {
    run: deleteInCluster,
    fail: failDeletion,
    timeoutSeconds: async (tx) => (await readSetting(tx, "vm.operation_timeout_minutes")) * 60,
  });
}

async function deleteInCluster(lease: Lease): Promise<Outcome> {
  const order = await findDeletionOrder(db(), lease.eventId);
  if (order === null) throw unknownSnapshot();
  const client = await connectCluster(order.clusterId);
  const before = await readSnapshot(client, order);
  if (before !== null && isOurs(before, order)) {
    await deleteObject(client, { namespace: order.namespace, name: order.name, uid: before.uid });
    const after = await readSnapshot(client, order);
    if (after?.uid === before.uid) return { kind: "waiting", recheckSeconds, steps: ["applied"] };
  }
  return { kind: "done", record: (tx) => recordDeleted(tx, lease, order) };
}

/** Another's object of that name is left alone: ours is gone. */
function isOurs({ labels, uid }: MachineSnapshot, order: SnapshotOrder): boolean {
  if (order.k8sUid !== null) return uid === order.k8sUid;
  return Object.entries(labelsOf(order)).every(([key, value]) => labels[key] === value);
}

async function recordDeleted(tx: Tx, lease: Lease, order: SnapshotOrder): Promise<void> {
  await tx.vmSnapshot.deleteMany({ where: { id: order.id, deletionId: lease.eventId } });
  await finishWork(tx, lease, order, { action: "vm.snapshot_delete_executed" });
}

/** A step: it is still there, and says why; deleting it can be asked for again. */
async function failDeletion(
  tx: Tx,
  lease: Lease,
  failure: { code: ErrorCode; params: Record<string, unknown> },
): Promise<void> {
  const message = describeFailure(failure);
  const order = await findDeletionOrder(tx, lease.eventId);
  if (order === null) {
    await closeEvent(tx, lease.eventId, "fail", message);
    return;
  }
  await moveSnapshot(tx, order.id, "keep", { statusMessage: message, deletionId: null });
  await finishWork(tx, lease, order, { action: "vm.snapshot_delete_executed", message });
}
