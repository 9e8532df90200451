import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { EnvironmentUseRow } from "./schema";

/** Every environment with what stands in it, for whoever administers them. */
export async function listEnvironmentUse(ctx: Context): Promise<EnvironmentUseRow[]> {
  await authorize(db(), ctx, "platform:admin");
  return db().$queryRaw<EnvironmentUseRow[]>`
    SELECT e.name, e.class, e.display_name AS "displayName", e.description, e.sort_order AS "sortOrder",
      e.self_approval AS "selfApproval",
      (SELECT count(*)::int FROM namespaces n WHERE n.environment = e.name) AS "namespaceCount",
      (SELECT count(*)::int FROM clusters c WHERE c.environment = e.name) AS "clusterCount",
      (SELECT count(*)::int FROM role_bindings b WHERE e.name = ANY(b.allowed_environments)) AS "bindingCount",
      (SELECT count(*)::int FROM external_cohort_mappings m WHERE e.name = ANY(m.allowed_environments))
        AS "mappingCount",
      (SELECT count(*)::int FROM api_tokens t WHERE e.name = ANY(t.environments) AND t.revoked_at IS NULL)
        AS "tokenCount"
    FROM environments e ORDER BY e.sort_order, e.name`;
}
