import type { Tx } from "@/lib/core/transaction";
import type { VmFacts } from "./rules";

/** A VM as it stands when its cluster speaks of it. */
export interface ObservedVm extends VmFacts {
  id: string;
  name: string;
  namespace: string;
  clusterId: string;
  environment: string;
  ticketId: string | null;
  activeEventId: string | null;
  requestId: string | null;
  /** The machine's resourceVersion as it was seen a moment ago; null when that is long ago. */
  version: string | null;
  /** The row's version as PostgreSQL keeps it: another one, and somebody has written since. */
  rowVersion: string;
}

interface Place {
  clusterId: string;
  namespace: string;
  name: string;
}

export function keyOf({ clusterId, namespace, name }: Place): string {
  return `${clusterId} ${namespace}/${name}`;
}

/** The VMs at these places that the portal has, by `keyOf`. */
export async function readObserved(tx: Tx, places: Place[]): Promise<Map<string, ObservedVm>> {
  if (places.length === 0) return new Map();
  const rows = await tx.$queryRaw<ObservedVm[]>`
    SELECT v.id, v.name, v.namespace, v.cluster_id AS "clusterId", n.environment, v.status,
      v.ticket_id AS "ticketId", v.status_message AS "statusMessage", v.cluster_status AS "clusterStatus", v.ip,
      v.node, v.os_info AS "osInfo", v.k8s_uid AS "k8sUid", v.vmi_uid AS "vmiUid",
      v.restart_required AS "restartRequired", v.symptoms, v.import_progress AS "importProgress", v.xmin::text AS "rowVersion",
      CASE WHEN v.observed_at > now() - interval '10 seconds' THEN v.last_k8s_rv END AS version,
      v.active_event_id AS "activeEventId", e.event_type AS "activeEventType", e.request_id AS "requestId",
      e.payload ->> 'vmiUid' AS "vmiUidBefore", e.payload -> 'startAfterClone' = 'true' AS "startsAfterClone"
    FROM unnest(${places.map((one) => one.clusterId)}::text[], ${places.map((one) => one.namespace)}::text[],
      ${places.map((one) => one.name)}::text[]) AS wanted(cluster_id, namespace, name)
    JOIN vms v USING (cluster_id, namespace, name) JOIN namespaces n ON n.name = v.namespace
    LEFT JOIN domain_events e ON e.id = v.active_event_id`;
  return new Map(rows.map((row) => [keyOf(row), row]));
}
