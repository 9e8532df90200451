import { Prisma } from "@/prisma/generated/client";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import type { ChangedBinding } from "./refresh-cohort-bindings";

/** Which of a provider's people, and which mappings hold for them. */
export interface Refreshed {
  providerId: string;
  /** These people, or everybody of the provider who was last named in one of these cohorts. */
  among: { userIds: readonly string[] } | { cohorts: readonly string[] };
  /** Mappings as they would be after a change that was not made yet. */
  instead?: { mappingId: string | null; draft: DraftRow | null };
}

export interface DraftRow {
  kind: string;
  key: string;
  roleId: string;
  scopeType: "global" | "system";
  scopeId: string | null;
  environments: readonly string[];
}

/**
 * What people's bindings from the provider's cohorts are, beside what the mappings say they should be: one row for each
 * difference. Several mappings to the same role in the same place give their environments together.
 */
export function bindingDifferences({ providerId, among, instead }: Refreshed): Prisma.Sql {
  const isAmong =
    "userIds" in among
      ? Prisma.sql`f.user_id = ANY(${[...among.userIds]})`
      : Prisma.sql`f.cohorts && ${[...among.cohorts]}::text[]`;
  return Prisma.sql`
    person AS (SELECT f.user_id, f.cohorts FROM user_directory_profiles f
      WHERE f.provider_id = ${providerId} AND ${isAmong}),
    mapping AS (${mappingRows(providerId, instead)}),
    wanted AS (SELECT p.user_id, m.role_id, m.scope_type, m.scope_id,
        coalesce(array_agg(DISTINCT e ORDER BY e) FILTER (WHERE e IS NOT NULL), '{}') AS environments
      FROM person p JOIN mapping m ON (m.kind || ':' || m.key) = ANY(p.cohorts)
      JOIN roles r ON r.id = m.role_id AND r.enabled LEFT JOIN LATERAL unnest(m.allowed_environments) AS e ON TRUE
      GROUP BY p.user_id, m.role_id, m.scope_type, m.scope_id),
    held AS (SELECT b.user_id, b.role_id, b.scope_type, b.scope_id,
        ARRAY(SELECT e FROM unnest(b.allowed_environments) AS e ORDER BY e) AS environments
      FROM role_bindings b JOIN person p ON p.user_id = b.user_id WHERE b.source = 'external_cohort'),
    difference AS (SELECT coalesce(w.user_id, h.user_id) AS user_id, coalesce(w.role_id, h.role_id) AS role_id,
        coalesce(w.scope_type, h.scope_type) AS scope_type, coalesce(w.scope_id, h.scope_id) AS scope_id,
        h.environments AS before, w.environments AS after
      FROM wanted w FULL JOIN held h ON h.user_id = w.user_id AND h.role_id = w.role_id
        AND h.scope_type = w.scope_type AND h.scope_id IS NOT DISTINCT FROM w.scope_id
      WHERE w.environments IS DISTINCT FROM h.environments)`;
}

function mappingRows(providerId: string, instead: Refreshed["instead"]): Prisma.Sql {
  const kept = Prisma.sql`
    SELECT kind, key, role_id, scope_type, scope_id, allowed_environments FROM external_cohort_mappings
    WHERE provider_id = ${providerId} AND id <> ${instead?.mappingId ?? ""}`;
  const draft = instead?.draft ?? null;
  if (draft === null) return kept;
  return Prisma.sql`${kept} UNION ALL SELECT ${draft.kind}::text, ${draft.key}::text, ${draft.roleId}::text,
    ${draft.scopeType}::text, ${draft.scopeId}::text, ${[...draft.environments]}::text[]`;
}

/** Makes the bindings what the differences say; every other source's stay untouched. */
export async function writeBindings(tx: Tx, differences: readonly ChangedBinding[]): Promise<void> {
  const rows = JSON.stringify(differences.map((one) => ({ ...one, id: newId() })));
  const columns = Prisma.sql`(id text, "userId" text, "roleId" text, "scopeType" text, "scopeId" text, after text[])`;
  await tx.$executeRaw`
    DELETE FROM role_bindings b USING jsonb_to_recordset(${rows}::jsonb) AS d ${columns}
    WHERE d.after IS NULL AND b.user_id = d."userId" AND b.role_id = d."roleId" AND b.scope_type = d."scopeType"
      AND b.scope_id IS NOT DISTINCT FROM d."scopeId" AND b.source = 'external_cohort'`;
  await tx.$executeRaw`
    INSERT INTO role_bindings (id, user_id, role_id, scope_type, scope_id, allowed_environments, source, created_by)
    SELECT d.id, d."userId", d."roleId", d."scopeType", d."scopeId", d.after, 'external_cohort', 'directory'
    FROM jsonb_to_recordset(${rows}::jsonb) AS d ${columns} WHERE d.after IS NOT NULL
    ON CONFLICT (user_id, role_id, scope_type, scope_id, source) DO UPDATE
    SET allowed_environments = excluded.allowed_environments`;
}

/** Through which mappings each of these people holds each binding: for saying where a role comes from. */
export async function writeGrants(tx: Tx, providerId: string, userIds: readonly string[]): Promise<void> {
  const through = Prisma.sql`
    SELECT f.user_id, m.id AS mapping_id, b.id AS binding_id FROM user_directory_profiles f
    JOIN external_cohort_mappings m ON m.provider_id = f.provider_id AND (m.kind || ':' || m.key) = ANY(f.cohorts)
    JOIN role_bindings b ON b.user_id = f.user_id AND b.role_id = m.role_id AND b.scope_type = m.scope_type
      AND b.scope_id IS NOT DISTINCT FROM m.scope_id AND b.source = 'external_cohort'
    WHERE f.provider_id = ${providerId} AND f.user_id = ANY(${[...userIds]})`;
  await tx.$executeRaw`
    DELETE FROM external_cohort_grants g WHERE g.user_id = ANY(${[...userIds]}) AND NOT EXISTS (
      SELECT FROM (${through}) AS t WHERE t.user_id = g.user_id AND t.mapping_id = g.mapping_id)`;
  await tx.$executeRaw`
    INSERT INTO external_cohort_grants (user_id, mapping_id, binding_id)
    SELECT t.user_id, t.mapping_id, t.binding_id FROM (${through}) AS t
    ON CONFLICT (user_id, mapping_id) DO UPDATE SET binding_id = excluded.binding_id`;
}
