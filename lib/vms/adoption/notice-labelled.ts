import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { enqueueOnce } from "@/lib/core/jobs";
import type { VmObservation } from "@/lib/vms/observation";
import { readFoundJob } from "./jobs";

/**
 * Machines with our label that the portal has no row for become pending adoptions, each once; those that are gone stop
 * being pending. One statement for whatever was seen, and none where nothing could be new.
 */
export async function noticeLabelled(observations: VmObservation[]): Promise<void> {
  const seen = observations.filter(({ kind }) => kind === "vm");
  // The last word on each object: one statement cannot write a row twice, and what is gone is not new.
  const machines = [...new Map(seen.map((one) => [`${one.clusterId} ${one.uid}`, one])).values()];
  await markGone(machines.filter(({ deleted }) => deleted));
  const standing = machines.filter(({ deleted, terminating, labels }) => {
    return !deleted && !terminating && labels?.system !== undefined && labels.service !== undefined;
  });
  const added = await addUnrecorded(standing);
  for (const { id, clusterId } of new Map(added.map((one) => [one.clusterId, one])).values()) {
    // A key of its own each time: a job under way may have read past what was added since.
    await enqueueOnce(readFoundJob, { clusterId }, { key: id, withinSeconds: 1 });
  }
}

/** Whose System and Service are not ours is nobody's to adopt here, and is left alone (spec §5.18). */
async function addUnrecorded(seen: VmObservation[]): Promise<{ id: string; clusterId: string }[]> {
  if (seen.length === 0) return [];
  const columns = {
    id: seen.map(() => newId()),
    cluster: seen.map(({ clusterId }) => clusterId),
    namespace: seen.map(({ namespace }) => namespace),
    name: seen.map(({ name }) => name),
    uid: seen.map(({ uid }) => uid),
    system: seen.map(({ labels }) => labels?.system ?? ""),
    service: seen.map(({ labels }) => labels?.service ?? ""),
    instance: seen.map(({ labels }) => labels?.instance ?? null),
    ticket: seen.map(({ ticketId }) => ticketId ?? null),
  };
  return db().$queryRaw`
    INSERT INTO pending_adoptions AS p (id, cluster_id, namespace, resource_name, k8s_uid, system_name, service_name,
      service_id, instance, ticket_id, kind, resource_spec, labels)
    SELECT w.id, w.cluster_id, w.namespace, w.name, w.uid, w.system, w.service, s.id, w.instance, w.ticket_id,
      CASE WHEN k.id IS NULL THEN 'foreign' ELSE 'unrecorded' END, 'null'::jsonb, '{}'::jsonb
    FROM unnest(${columns.id}::text[], ${columns.cluster}::text[], ${columns.namespace}::text[],
      ${columns.name}::text[], ${columns.uid}::text[], ${columns.system}::text[], ${columns.service}::text[],
      ${columns.instance}::text[], ${columns.ticket}::text[])
      AS w(id, cluster_id, namespace, name, uid, system, service, instance, ticket_id)
    JOIN systems y ON y.name = w.system JOIN services s ON s.system_id = y.id AND s.name = w.service
    LEFT JOIN approval_tickets k ON k.id = w.ticket_id
    WHERE NOT EXISTS (SELECT FROM vms v WHERE v.cluster_id = w.cluster_id AND v.namespace = w.namespace
        AND v.name = w.name AND (v.k8s_uid = w.uid OR (v.k8s_uid IS NULL AND v.ticket_id = w.ticket_id)))
      AND NOT EXISTS (SELECT FROM domain_events e WHERE e.aggregate_type = 'cluster_import' AND e.aggregate_id = w.cluster_id
        AND e.status = 'PROCESSING' AND e.payload ->> 'uid' = w.uid)
    ON CONFLICT (cluster_id, k8s_uid) DO UPDATE SET status = 'PENDING' WHERE p.status = 'GONE'
    RETURNING id, cluster_id AS "clusterId"`;
}

async function markGone(gone: VmObservation[]): Promise<void> {
  if (gone.length === 0) return;
  await db().$executeRaw`
    UPDATE pending_adoptions p SET status = 'GONE'
    FROM unnest(${gone.map(({ clusterId }) => clusterId)}::text[], ${gone.map(({ uid }) => uid)}::text[])
      AS w(cluster_id, uid)
    WHERE p.cluster_id = w.cluster_id AND p.k8s_uid = w.uid AND p.status IN ('PENDING', 'REJECTED')`;
}
