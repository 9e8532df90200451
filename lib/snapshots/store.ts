import { Prisma } from "@/prisma/generated/client";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { lockVm, type LockedVm } from "@/lib/vms/lock-vm";
import {
  restoreMachine,
  snapshotMachine,
  type RestoreMove,
  type SnapshotMove,
  type SnapshotState,
} from "./machine";
import { unknownSnapshot } from "./rules";

export interface LockedSnapshot {
  id: string;
  vmId: string;
  vmName: string;
  clusterId: string;
  namespace: string;
  name: string;
  label: string;
  status: SnapshotState;
  k8sUid: string | null;
}

export async function lockSnapshot(tx: Tx, snapshotId: string): Promise<LockedSnapshot> {
  const rows = await tx.$queryRaw<LockedSnapshot[]>`
    SELECT id, vm_id AS "vmId", vm_name AS "vmName", cluster_id AS "clusterId", namespace, name, label, status,
      k8s_uid AS "k8sUid"
    FROM vm_snapshots WHERE id = ${snapshotId} FOR UPDATE`;
  if (rows[0] === undefined) throw unknownSnapshot();
  return rows[0];
}

/** @returns false where it is no longer in a state that the move leads from */
export async function moveSnapshot(
  tx: Tx,
  snapshotId: string,
  move: SnapshotMove,
  data: Prisma.VmSnapshotUpdateManyMutationInput = {},
): Promise<boolean> {
  const { from, to } = snapshotMachine.moves[move];
  const { count } = await tx.vmSnapshot.updateMany({
    where: { id: snapshotId, status: { in: [...from] } },
    data: { ...data, status: to },
  });
  return count > 0;
}

/** @returns false where it is no longer in a state that the move leads from */
export async function moveRestore(
  tx: Tx,
  restoreId: string,
  move: RestoreMove,
  data: Prisma.VmRestoreUpdateManyMutationInput = {},
): Promise<boolean> {
  const { from, to } = restoreMachine.moves[move];
  const { count } = await tx.vmRestore.updateMany({
    where: { id: restoreId, status: { in: [...from] } },
    data: { ...data, status: to },
  });
  return count > 0;
}

/** One operation at a time: a machine that is saved, taken back or changed is left alone. */
export async function lockIdleVm(
  tx: Tx,
  { vmId, eventId, move }: { vmId: string; eventId: string; move: "snapshot" | "restore" | "clone" },
): Promise<LockedVm> {
  const vm = await lockVm(tx, vmId);
  if (vm.activeEventId !== null && vm.activeEventId !== eventId)
    throw new AppError("INVALID_STATE", { object: "vm", state: "busy", move });
  return vm;
}

export async function holdVm(tx: Tx, vmId: string, eventId: string): Promise<void> {
  await tx.vm.update({ where: { id: vmId }, data: { activeEventId: eventId }, select: { id: true } });
}

export async function releaseVm(tx: Tx, vmId: string, eventId: string): Promise<void> {
  await tx.vm.updateMany({ where: { id: vmId, activeEventId: eventId }, data: { activeEventId: null } });
}

/** Work on a snapshot, as its handlers see it. */
export interface SnapshotOrder extends LockedSnapshot {
  eventId: string;
  ticketId: string;
  environment: string;
  /** The machine's own object; null where the row is gone. */
  vmUid: string | null;
}

export async function findSnapshotOrder(tx: Tx, eventId: string): Promise<SnapshotOrder | null> {
  return findOrder(tx, Prisma.sql`s.event_id = ${eventId}`, eventId);
}

export async function findDeletionOrder(tx: Tx, eventId: string): Promise<SnapshotOrder | null> {
  return findOrder(tx, Prisma.sql`s.deletion_id = ${eventId}`, eventId);
}

const orderColumns = Prisma.sql`s.id, s.vm_id AS "vmId", s.vm_name AS "vmName", s.cluster_id AS "clusterId",
  s.namespace, s.name, s.label, s.status, s.k8s_uid AS "k8sUid", s.ticket_id AS "ticketId", n.environment,
  v.k8s_uid AS "vmUid"`;

async function findOrder(tx: Tx, which: Prisma.Sql, eventId: string): Promise<SnapshotOrder | null> {
  const rows = await tx.$queryRaw<Omit<SnapshotOrder, "eventId">[]>`
    SELECT ${orderColumns} FROM vm_snapshots s JOIN namespaces n ON n.name = s.namespace
    LEFT JOIN vms v ON v.id = s.vm_id WHERE ${which}`;
  return rows[0] === undefined ? null : { ...rows[0], eventId };
}

export interface RestoreOrder extends SnapshotOrder {
  restoreId: string;
  restoreName: string;
  restoreUid: string | null;
}

export async function findRestoreOrder(tx: Tx, eventId: string): Promise<RestoreOrder | null> {
  const rows = await tx.$queryRaw<Omit<RestoreOrder, "eventId">[]>`
    SELECT ${orderColumns}, r.id AS "restoreId", r.name AS "restoreName", r.k8s_uid AS "restoreUid",
      r.ticket_id AS "ticketId"
    FROM vm_restores r JOIN vm_snapshots s ON s.id = r.snapshot_id JOIN namespaces n ON n.name = s.namespace
    LEFT JOIN vms v ON v.id = s.vm_id WHERE r.event_id = ${eventId}`;
  return rows[0] === undefined ? null : { ...rows[0], eventId };
}
