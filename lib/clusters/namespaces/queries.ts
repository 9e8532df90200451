import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readNamespace } from "@/lib/clusters/queries";
import type { NamespacePlace, NamespaceUse } from "./schema";

/** The clusters of the namespace's environment, and what the last look found in each; takes `cluster:read`. */
export async function listNamespacePlaces(ctx: Context, namespaceId: string): Promise<NamespacePlace[]> {
  await authorize(db(), ctx, "cluster:read");
  const { name, environment } = await readNamespace(ctx, namespaceId);
  return db().$queryRaw<NamespacePlace[]>`
    SELECT c.id AS "clusterId", c.name AS "clusterName", c.display_name AS "displayName",
      c.status AS "clusterStatus", c.enabled, coalesce(p.state, 'unknown') AS state, p.checked_at AS "checkedAt",
      (SELECT count(*)::int FROM vms v WHERE v.cluster_id = c.id AND v.namespace = ${name}) AS "vmCount"
    FROM clusters c LEFT JOIN cluster_namespaces p ON p.cluster_id = c.id AND p.name = ${name}
    WHERE c.environment = ${environment}
    ORDER BY c.name LIMIT 200`;
}

/** What is or may come there; of whoever may see the namespace. */
export async function readNamespaceUse(ctx: Context, namespaceId: string): Promise<NamespaceUse> {
  const { name, environment } = await readNamespace(ctx, namespaceId);
  await authorize(db(), ctx, "namespace:read", { environment });
  const [row] = await db().$queryRaw<NamespaceUse[]>`
    SELECT (SELECT count(*)::int FROM vms WHERE namespace = ${name}) AS vms,
      (SELECT count(DISTINCT service_id)::int FROM vms WHERE namespace = ${name}) AS services,
      (SELECT count(*)::int FROM approval_tickets
        WHERE namespace = ${name} AND status IN ('PENDING', 'APPROVED', 'EXECUTING')) AS requests`;
  return row ?? { vms: 0, requests: 0, services: 0 };
}
