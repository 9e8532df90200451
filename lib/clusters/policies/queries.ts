import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { policyReach, type PolicyReach } from "./schema";

/** The offered sizes and templates of the cluster's environment that each rule speaks of. */
export async function readPolicyReach(ctx: Context, clusterId: string): Promise<PolicyReach> {
  await authorize(db(), ctx, "cluster:read");
  const [row] = await db().$queryRaw<{ reach: unknown }[]>`
    SELECT s.reach || t.reach AS reach
    FROM clusters c JOIN environments e ON e.name = c.environment
    CROSS JOIN LATERAL (
      SELECT jsonb_build_object('sizes', count(*),
        'allowCpuOvercommit', count(*) FILTER (WHERE cpu_request < cpu_cores),
        'allowMemoryOvercommit', count(*) FILTER (WHERE memory_request_gi < memory_gi),
        'allowDedicatedCpu', count(*) FILTER (WHERE dedicated_cpu),
        'allowGpu', count(*) FILTER (WHERE requires_gpu),
        'allowSriov', count(*) FILTER (WHERE requires_sriov),
        'allowHugepages', count(*) FILTER (WHERE requires_hugepages),
        'hugepagesSizes', jsonb_build_object('2Mi', count(*) FILTER (WHERE hugepages_size = '2Mi'),
          '1Gi', count(*) FILTER (WHERE hugepages_size = '1Gi'))) AS reach
      FROM instance_sizes
      WHERE enabled AND deprecated_at IS NULL AND catalog_scope IN ('all', e.class)) s
    CROSS JOIN LATERAL (
      SELECT jsonb_build_object('templates', count(*),
        'allowCdiClone', count(*) FILTER (WHERE source_type = 'cdi_pvc_clone'),
        'cloneSources', (SELECT coalesce(jsonb_object_agg(n.pvc_namespace, n.count), '{}') FROM (
          SELECT pvc_namespace, count(*) FROM templates
          WHERE enabled AND status = 'active' AND source_type = 'cdi_pvc_clone' AND pvc_namespace IS NOT NULL
            AND catalog_scope IN ('all', e.class)
          GROUP BY pvc_namespace) n)) AS reach
      FROM templates
      WHERE enabled AND status = 'active' AND catalog_scope IN ('all', e.class)) t
    WHERE c.id = ${clusterId}`;
  if (row === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return policyReach.parse(row.reach);
}
