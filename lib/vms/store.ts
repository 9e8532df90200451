import { Prisma } from "@/prisma/generated/client";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { vmMachine, type VmMove, type VmState } from "./machine";
import { vmBlueprint, type VmBlueprint, type VmIdentity } from "./schema";

export interface LockedVm {
  id: string;
  name: string;
  namespace: string;
  environment: string;
  status: VmState;
  serviceId: string;
  systemId: string;
  clusterId: string;
  activeEventId: string | null;
  vmiUid: string | null;
  ticketId: string;
}

export async function lockVm(tx: Tx, vmId: string): Promise<LockedVm> {
  const rows = await tx.$queryRaw<LockedVm[]>`
    SELECT v.id, v.name, v.namespace, n.environment, v.status, v.service_id AS "serviceId",
      s.system_id AS "systemId", v.cluster_id AS "clusterId", v.active_event_id AS "activeEventId",
      v.vmi_uid AS "vmiUid", v.ticket_id AS "ticketId"
    FROM vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
    WHERE v.id = ${vmId} FOR UPDATE OF v`;
  if (rows[0] === undefined) throw new AppError("VM_NOT_FOUND");
  return rows[0];
}

/** Compare-and-set by the machine's table; INVALID_STATE when somebody or the cluster was first. */
export async function moveVm(
  tx: Tx,
  vm: { id: string; status: string },
  move: VmMove,
  set: { activeEventId?: string | null; statusMessage?: string | null } = {},
): Promise<VmState> {
  const { from, to } = vmMachine.moves[move];
  const fields = [
    Prisma.sql`status = ${to}`,
    Prisma.sql`status_since = now()`,
    Prisma.sql`updated_at = now()`,
    Prisma.sql`status_message = ${set.statusMessage ?? null}`,
    ...(set.activeEventId === undefined ? [] : [Prisma.sql`active_event_id = ${set.activeEventId}`]),
  ];
  const moved = await tx.$executeRaw`
    UPDATE vms SET ${Prisma.join(fields)} WHERE id = ${vm.id} AND status = ANY(${[...from]})`;
  if (moved === 0) throw new AppError("INVALID_STATE", { object: "vm", state: vm.status, move });
  return to;
}

/** A VM as its operation's handler sees it: where it lives, what it is rendered from, how far the cluster got. */
export interface OperatedVm {
  id: string;
  name: string;
  namespace: string;
  environment: string;
  clusterId: string;
  clusterName: string;
  status: VmState;
  statusMessage: string | null;
  clusterStatus: string | null;
  vmiUid: string | null;
  vmiUidBefore: string | null;
  identity: VmIdentity;
  blueprint: VmBlueprint;
}

interface OperatedRow extends Omit<OperatedVm, "identity" | "blueprint"> {
  instance: string;
  ticketId: string;
  createdBy: string;
  serviceId: string;
  serviceName: string;
  systemName: string;
  blueprint: unknown;
}

export async function readOperatedVm(eventId: string): Promise<OperatedVm> {
  const vm = await findOperatedVm(db(), eventId);
  if (vm === null) throw new AppError("VM_NOT_FOUND");
  return vm;
}

/** The VM whose active operation is this event; null once another operation or nothing is. */
export async function findOperatedVm(tx: Tx, eventId: string): Promise<OperatedVm | null> {
  const rows = await tx.$queryRaw<OperatedRow[]>`
    SELECT v.id, v.name, v.namespace, n.environment, v.cluster_id AS "clusterId", c.name AS "clusterName", v.status,
      v.status_message AS "statusMessage", v.cluster_status AS "clusterStatus", v.vmi_uid AS "vmiUid",
      e.payload ->> 'vmiUid' AS "vmiUidBefore", v.instance, v.ticket_id AS "ticketId", v.created_by AS "createdBy",
      v.blueprint, s.id AS "serviceId", s.name AS "serviceName", y.name AS "systemName"
    FROM vms v JOIN domain_events e ON e.id = v.active_event_id JOIN namespaces n ON n.name = v.namespace
    JOIN clusters c ON c.id = v.cluster_id JOIN services s ON s.id = v.service_id
    JOIN systems y ON y.id = s.system_id
    WHERE v.active_event_id = ${eventId}`;
  return rows[0] === undefined ? null : asOperated(rows[0]);
}

function asOperated(row: OperatedRow): OperatedVm {
  const { instance, ticketId, createdBy, serviceId, serviceName, systemName, blueprint, ...vm } = row;
  const identity = {
    name: vm.name,
    namespace: vm.namespace,
    system: systemName,
    service: serviceName,
    serviceId,
    instance,
    ticketId,
    createdBy,
  };
  return { ...vm, identity, blueprint: vmBlueprint.parse(blueprint) };
}
