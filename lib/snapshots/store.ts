import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { storageClass } from "@/lib/clusters/schema";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { lockVm, type LockedVm } from "@/lib/vms/store";
import {
  restoreMachine,
  snapshotMachine,
  type RestoreMove,
  type SnapshotMove,
  type SnapshotState,
} from "./machine";
import { judgeAbility } from "./rules";
import type { SnapshotAbility } from "./schema";

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

export function unknownSnapshot(): AppError {
  return new AppError("RESOURCE_NOT_FOUND", { resource: "snapshot" });
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

const capabilities = z.looseObject({ snapshots: z.boolean() }).nullable().catch(null);

export async function readAbility(tx: Tx, vmId: string): Promise<SnapshotAbility> {
  const rows = await tx.$queryRaw<{ detected: unknown; classes: unknown; storageClass: string | null }[]>`
    SELECT c.detected_capabilities AS detected, c.storage_classes AS classes, v.storage_class AS "storageClass"
    FROM vms v JOIN clusters c ON c.id = v.cluster_id WHERE v.id = ${vmId}`;
  const row = rows[0];
  if (row === undefined) throw new AppError("VM_NOT_FOUND");
  return judgeAbility({
    hasService: capabilities.parse(row.detected)?.snapshots ?? null,
    classes: storageClass.array().catch([]).parse(row.classes),
    storageClass: row.storageClass,
  });
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

/** A step: nothing else begins on a machine that is being saved, copied or taken back, which the cluster would refuse. */
export async function requireUnheld(tx: Tx, vmId: string, move: string): Promise<void> {
  await lockVm(tx, vmId);
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM vms v JOIN domain_events e ON e.id = v.active_event_id
    WHERE v.id = ${vmId} AND e.status = 'PROCESSING'
      AND e.event_type IN ('VM_SNAPSHOT_REQUESTED', 'VM_RESTORE_REQUESTED')
    UNION ALL
    SELECT 1 FROM domain_events e JOIN vms c ON c.active_event_id = e.id AND c.k8s_uid IS NULL
    WHERE e.status = 'PROCESSING' AND e.event_type = 'VM_CLONE_REQUESTED' AND e.payload ->> 'vmId' = ${vmId}`;
  if (held.length > 0) throw new AppError("INVALID_STATE", { object: "vm", state: "busy", move });
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
