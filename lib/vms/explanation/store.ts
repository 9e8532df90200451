import type { Tx } from "@/lib/core/transaction";
import { newId } from "@/lib/core/ids";
import type { ReportedEvent } from "./schema";

const keptPerVmMax = 200;

interface Kept {
  vmId: string;
  /** The operation that failed; absent where somebody only looked. */
  operationId?: string;
  events: ReportedEvent[];
}

/**
 * A step: keeps what was reported; the same event again counts up.
 * @returns how many were not known, or not as they are now
 */
export async function keepEvents(tx: Tx, { vmId, operationId, events }: Kept): Promise<number> {
  if (events.length === 0) return 0;
  const rows = JSON.stringify(events.map((event) => ({ ...event, id: newId() })));
  const changed = await tx.$executeRaw`
    INSERT INTO vm_cluster_events (id, vm_id, uid, operation_id, object_kind, object_name, type, reason, message,
      count, first_at, last_at)
    SELECT n.id, v.id, n.uid, ${operationId ?? null}, n."objectKind", n."objectName", n.type, n.reason, n.message,
      n.count, n."firstAt", n."lastAt"
    FROM jsonb_to_recordset(${rows}::jsonb) AS n(id text, uid text, "objectKind" text, "objectName" text, type text,
      reason text, message text, count int, "firstAt" timestamptz, "lastAt" timestamptz)
    JOIN vms v ON v.id = ${vmId}
    ON CONFLICT (vm_id, uid) DO UPDATE SET count = excluded.count, last_at = excluded.last_at,
      message = excluded.message, operation_id = coalesce(excluded.operation_id, vm_cluster_events.operation_id)
    WHERE (vm_cluster_events.count, vm_cluster_events.last_at) IS DISTINCT FROM (excluded.count, excluded.last_at)
      OR (excluded.operation_id IS NOT NULL AND vm_cluster_events.operation_id IS DISTINCT FROM excluded.operation_id)`;
  await tx.$executeRaw`
    DELETE FROM vm_cluster_events WHERE id IN (
      SELECT id FROM vm_cluster_events WHERE vm_id = ${vmId}
      ORDER BY last_at DESC, id DESC OFFSET ${keptPerVmMax})`;
  return changed;
}

/** A step: what was kept, newest first. */
export async function findKeptEvents(tx: Tx, vmId: string, take: number): Promise<ReportedEvent[]> {
  const rows = await tx.vmClusterEvent.findMany({
    where: { vmId },
    orderBy: [{ lastAt: "desc" }, { id: "desc" }],
    take,
    select: {
      ...{ uid: true, objectKind: true, objectName: true, type: true, reason: true, message: true },
      ...{ count: true, firstAt: true, lastAt: true },
    },
  });
  return rows.map((row) => ({ ...row, type: row.type === "Warning" ? "Warning" : "Normal" }));
}
