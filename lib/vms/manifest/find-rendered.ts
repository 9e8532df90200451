import type { VirtualMachineManifest } from "@/lib/adapters/kubevirt/types";
import type { Tx } from "@/lib/core/transaction";
import { renderVm } from "../render-vm";
import { vmBlueprint } from "../schema";

interface Row {
  name: string;
  namespace: string;
  instance: string;
  ticketId: string | null;
  createdBy: string;
  blueprint: unknown;
  serviceId: string;
  service: string;
  system: string;
}

/** A step: what the portal would write of a machine today; null for one that was not made here. */
export async function findRendered(tx: Tx, vmId: string): Promise<VirtualMachineManifest | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT v.name, v.namespace, v.instance, v.ticket_id AS "ticketId", v.created_by AS "createdBy", v.blueprint,
      s.id AS "serviceId", s.name AS service, y.name AS system
    FROM vms v JOIN services s ON s.id = v.service_id JOIN systems y ON y.id = s.system_id WHERE v.id = ${vmId}`;
  const row = rows[0];
  const blueprint = vmBlueprint.safeParse(row?.blueprint);
  if (row === undefined || row.ticketId === null || !blueprint.success) return null;
  const { blueprint: _, ticketId, ...identity } = row;
  return renderVm({ ...identity, ticketId }, blueprint.data);
}
