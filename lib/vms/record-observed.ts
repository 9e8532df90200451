import { db } from "@/lib/core/db";
import type { ObservedChange } from "./judge-observations";
import type { ObservedVm } from "./read-observed";

export interface JudgedRow {
  vm: ObservedVm;
  change: ObservedChange;
}

/**
 * Writes many VMs' news in one statement, each row only as it was read; a row that somebody has written or holds is left
 * out, so that no other's work is overwritten and nobody is waited for.
 * @returns the ids that were written
 */
export async function recordObserved(rows: JudgedRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const news = JSON.stringify(rows.map(asColumns));
  const written = await db().$queryRaw<{ id: string }[]>`
    WITH news AS (
      SELECT * FROM jsonb_to_recordset(${news}::jsonb) AS n(id text, row_version text, status text,
        status_message text, cluster_status text, ip text, node text, os_info jsonb, k8s_uid text, vmi_uid text,
        restart_required boolean, symptoms jsonb, import_progress text, version text)
    ), free AS (
      SELECT v.id FROM vms v JOIN news n ON n.id = v.id
      WHERE v.xmin::text = n.row_version
      ORDER BY v.id FOR UPDATE OF v SKIP LOCKED
    )
    UPDATE vms v
    SET status = coalesce(n.status, v.status),
      status_since = CASE WHEN n.status IS NULL THEN v.status_since ELSE now() END,
      status_message = n.status_message, cluster_status = n.cluster_status, ip = n.ip, node = n.node,
      os_info = n.os_info, k8s_uid = n.k8s_uid, vmi_uid = n.vmi_uid, restart_required = n.restart_required,
      symptoms = n.symptoms,
      import_progress = n.import_progress, last_k8s_rv = coalesce(n.version, v.last_k8s_rv), observed_at = now(), updated_at = now()
    FROM news n WHERE n.id = v.id AND v.id IN (SELECT id FROM free)
    RETURNING v.id`;
  return new Set(written.map(({ id }) => id));
}

function asColumns({ vm, change }: JudgedRow) {
  const facts = { ...vm, ...change.changes };
  return {
    id: vm.id,
    row_version: vm.rowVersion,
    status: change.status,
    status_message: facts.statusMessage,
    cluster_status: facts.clusterStatus,
    ip: facts.ip,
    node: facts.node,
    os_info: facts.osInfo,
    k8s_uid: facts.k8sUid,
    vmi_uid: facts.vmiUid,
    restart_required: facts.restartRequired,
    symptoms: facts.symptoms,
    import_progress: facts.importProgress,
    version: change.version,
  };
}
