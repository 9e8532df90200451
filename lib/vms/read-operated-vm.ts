import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { VmState } from "./machine";
import { vmBlueprint, type VmBlueprint, type VmIdentity } from "./schema";

/** A VM as its operation's handler sees it: where it lives and how far the cluster got. */
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
  k8sUid: string | null;
  vmiUid: string | null;
  vmiUidBefore: string | null;
  /** Null for a machine that was not made here. */
  ticketId: string | null;
}

/** One that was requested here, with everything its manifest is rendered from. */
export interface RequestedVm extends OperatedVm {
  ticketId: string;
  identity: VmIdentity;
  blueprint: VmBlueprint;
}

interface OperatedRow extends OperatedVm {
  instance: string;
  createdBy: string;
  serviceId: string;
  serviceName: string;
  systemName: string;
  blueprint: unknown;
}

export async function readOperatedVm(eventId: string): Promise<OperatedVm> {
  return asOperated(await readRow(eventId));
}

/** The VM whose active operation is this event; null once another operation or nothing is. */
export async function findOperatedVm(tx: Tx, eventId: string): Promise<OperatedVm | null> {
  const row = await findRow(tx, eventId);
  return row === null ? null : asOperated(row);
}

export async function readRequestedVm(eventId: string): Promise<RequestedVm> {
  const row = await readRow(eventId);
  const { ticketId, blueprint, serviceId, instance, createdBy, name, namespace } = row;
  // The database holds both for whatever was requested here, and nothing else is ever created.
  if (ticketId === null || blueprint === null)
    throw new AppError("NOT_SUPPORTED", { operation: "CREATE_VM" });
  const identity: VmIdentity = {
    name,
    namespace,
    system: row.systemName,
    service: row.serviceName,
    serviceId,
    instance,
    ticketId,
    createdBy,
  };
  return { ...asOperated(row), ticketId, identity, blueprint: vmBlueprint.parse(blueprint) };
}

async function readRow(eventId: string): Promise<OperatedRow> {
  const row = await findRow(db(), eventId);
  if (row === null) throw new AppError("VM_NOT_FOUND");
  return row;
}

async function findRow(tx: Tx, eventId: string): Promise<OperatedRow | null> {
  const rows = await tx.$queryRaw<OperatedRow[]>`
    SELECT v.id, v.name, v.namespace, n.environment, v.cluster_id AS "clusterId", c.name AS "clusterName", v.status,
      v.status_message AS "statusMessage", v.cluster_status AS "clusterStatus", v.k8s_uid AS "k8sUid",
      v.vmi_uid AS "vmiUid", e.payload ->> 'vmiUid' AS "vmiUidBefore", v.instance, v.ticket_id AS "ticketId",
      v.created_by AS "createdBy", v.blueprint, s.id AS "serviceId", s.name AS "serviceName", y.name AS "systemName"
    FROM vms v JOIN domain_events e ON e.id = v.active_event_id JOIN namespaces n ON n.name = v.namespace
    JOIN clusters c ON c.id = v.cluster_id JOIN services s ON s.id = v.service_id
    JOIN systems y ON y.id = s.system_id
    WHERE v.active_event_id = ${eventId}`;
  return rows[0] ?? null;
}

function asOperated(row: OperatedRow): OperatedVm {
  const {
    instance: _i,
    createdBy: _c,
    serviceId: _s,
    serviceName: _n,
    systemName: _y,
    blueprint: _b,
    ...vm
  } = row;
  return vm;
}
