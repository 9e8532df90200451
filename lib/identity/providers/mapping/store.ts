import { requireGrantable, type GrantableRole } from "@/lib/access/require-grantable";
import type { Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { MappingDraft } from "./schema";

export interface StoredMapping {
  id: string;
  kind: string;
  key: string;
  roleId: string;
  scopeType: string;
  scopeId: string | null;
  allowedEnvironments: string[];
}

/** Kept as it is until the transaction ends. */
export async function lockMapping(
  tx: Tx,
  { providerId, mappingId }: { providerId: string; mappingId: string },
): Promise<StoredMapping> {
  const rows = await tx.$queryRaw<StoredMapping[]>`
    SELECT id, kind, key, role_id AS "roleId", scope_type AS "scopeType", scope_id AS "scopeId",
      allowed_environments AS "allowedEnvironments"
    FROM external_cohort_mappings WHERE id = ${mappingId} AND provider_id = ${providerId} FOR UPDATE`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "mapping" });
  return rows[0];
}

type Grant = Pick<MappingDraft, "roleId" | "systemId" | "environments">;

/**
 * Nobody gives through a directory what they could not give by hand.
 * @throws VALIDATION_FAILED on roleId, systemId or environments, PERMISSION_DENIED
 */
export async function requireMappable(tx: Tx, ctx: Context, grant: Grant): Promise<GrantableRole> {
  const { roleId, systemId, environments } = grant;
  const role = await requireGrantable(tx, ctx, {
    roleId,
    environments,
    ...(systemId === null ? {} : { systemId }),
  });
  const names = [...new Set(environments)];
  const known = await tx.environment.count({ where: { name: { in: names } } });
  if (known !== names.length) throw fieldRefused("environments", "not_found");
  if (systemId !== null && (await tx.system.count({ where: { id: systemId } })) === 0)
    throw fieldRefused("systemId", "not_found");
  return role;
}
