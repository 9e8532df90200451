import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { lockVm } from "@/lib/vms/lock-vm";

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
