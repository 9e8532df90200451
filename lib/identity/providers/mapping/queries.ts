import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import type { z } from "zod";
import { fieldsOf } from "./rules";
import type { CohortRow, cohortFilter, MappingRow, mappingFilter, SampleView } from "./schema";

interface OfProvider {
  providerId: string;
}

/** What was sampled of a provider's people, and which fields that gives to choose from. */
export async function readSample(ctx: Context, { providerId }: OfProvider): Promise<SampleView> {
  await authorize(db(), ctx, "auth_provider:sync");
  const rows = await db().authProviderSample.findMany({
    where: { providerId },
    orderBy: [{ takenAt: "desc" }, { id: "desc" }],
    take: 10,
    select: { subject: true, takenAt: true, attributes: true },
  });
  const people = rows.map((row) => ({ ...row, attributes: membersOf(row.attributes) }));
  return { people, fields: fieldsOf(people.map(({ attributes }) => attributes)) };
}

function membersOf(json: unknown): Record<string, unknown> {
  return json !== null && typeof json === "object" ? { ...json } : {};
}

/** Cohorts that were found, by key. */
export async function listCohorts(
  ctx: Context,
  filter: z.output<typeof cohortFilter> & OfProvider,
): Promise<Page<CohortRow>> {
  await authorize(db(), ctx, "auth_provider:read");
  const key = readCursor(filter.cursor);
  const rows = await db().$queryRaw<CohortRow[]>`
    SELECT c.id, c.kind, c.key, c.display_name AS "displayName", c.source_field AS "sourceField",
      c.last_synced_at AS "lastSyncedAt", ${peopleIn(Prisma.sql`c.kind || ':' || c.key`)} AS "peopleCount",
      (SELECT count(*)::int FROM external_cohort_mappings m WHERE m.provider_id = c.provider_id AND m.kind = c.kind
        AND m.key = c.key) AS "mappingCount"
    FROM external_cohorts c WHERE c.provider_id = ${filter.providerId}
      AND (${filter.q ?? ""} = '' OR position(lower(${filter.q ?? ""}) IN lower(c.key || ' ' || c.display_name)) > 0)
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(left(c.key, 256), c.id) > (${key[0]}, ${key[1]})`}
    ORDER BY left(c.key, 256), c.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.key.slice(0, 256), row.id]);
}

/** What each cohort gives, by cohort. */
export async function listMappings(
  ctx: Context,
  filter: z.output<typeof mappingFilter> & OfProvider,
): Promise<Page<MappingRow>> {
  await authorize(db(), ctx, "auth_provider:read");
  const key = readCursor(filter.cursor);
  const rows = await db().$queryRaw<MappingRow[]>`
    SELECT c.id, c.kind, c.key, c.role_id AS "roleId", r.name AS "roleName", r.display_name AS "roleDisplayName",
      r.enabled AS "roleEnabled", c.scope_id AS "systemId", s.name AS "systemName",
      c.allowed_environments AS environments, c.created_at AS "createdAt",
      ${peopleIn(Prisma.sql`c.kind || ':' || c.key`)} AS "peopleCount"
    FROM external_cohort_mappings c JOIN roles r ON r.id = c.role_id LEFT JOIN systems s ON s.id = c.scope_id
    WHERE c.provider_id = ${filter.providerId}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(left(c.key, 256), c.id) > (${key[0]}, ${key[1]})`}
    ORDER BY left(c.key, 256), c.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.key.slice(0, 256), row.id]);
}

function peopleIn(cohort: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT count(*)::int FROM user_directory_profiles f
    WHERE f.provider_id = c.provider_id AND (${cohort}) = ANY(f.cohorts))`;
}
