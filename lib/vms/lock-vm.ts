import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { VmState } from "./machine";

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
}

/** A step: the machine as it is, and nobody else's until this transaction ends. */
export async function lockVm(tx: Tx, vmId: string): Promise<LockedVm> {
  const rows = await tx.$queryRaw<LockedVm[]>`
    SELECT v.id, v.name, v.namespace, n.environment, v.status, v.service_id AS "serviceId",
      s.system_id AS "systemId", v.cluster_id AS "clusterId", v.active_event_id AS "activeEventId",
      v.vmi_uid AS "vmiUid"
    FROM vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
    WHERE v.id = ${vmId} FOR UPDATE OF v`;
  if (rows[0] === undefined) throw new AppError("VM_NOT_FOUND");
  return rows[0];
}
