import { authorize } from "@/lib/access/authorize";
import { requireGrantable } from "@/lib/access/require-grantable";
import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { platformAdmin } from "@/lib/vocabulary/permissions";

/**
 * Whoever decides which server vouches for people, or by which field, could become any of them: that takes somebody who
 * could give all that its people get from it, and a platform administrator where one signs in through it.
 */
export async function requireProviderAuthority(tx: Tx, ctx: Context, providerId: string): Promise<void> {
  if (await hasAdministrators(tx, providerId)) await authorize(tx, ctx, platformAdmin);
  for (const { roleId, systemId, environments } of await listMappedRoles(tx, providerId)) {
    await requireGrantable(tx, ctx, { roleId, environments, ...(systemId === null ? {} : { systemId }) });
  }
}

async function hasAdministrators(tx: Tx, providerId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM users u JOIN role_bindings b ON b.user_id = u.id JOIN role_permissions p ON p.role_id = b.role_id
    WHERE u.auth_provider_id = ${providerId} AND p.permission = ${platformAdmin} LIMIT 1`;
  return rows.length > 0;
}

/** Disabled roles give nothing to anybody. */
function listMappedRoles(
  tx: Tx,
  providerId: string,
): Promise<{ roleId: string; systemId: string | null; environments: string[] }[]> {
  return tx.$queryRaw`
    SELECT m.role_id AS "roleId", m.scope_id AS "systemId",
      coalesce(array_agg(DISTINCT e) FILTER (WHERE e IS NOT NULL), '{}') AS environments
    FROM external_cohort_mappings m JOIN roles r ON r.id = m.role_id AND r.enabled
    LEFT JOIN LATERAL unnest(m.allowed_environments) AS e ON TRUE
    WHERE m.provider_id = ${providerId} GROUP BY m.role_id, m.scope_id`;
}
