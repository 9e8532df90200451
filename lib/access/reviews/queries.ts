import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import type { AccessFilter, AccessRow } from "./schema";

/** How far back a person's records are searched for their last on a System. */
const recordsMax = 5_000;

/**
 * Who has what on the platform, or on one System and in it: by user name, in two statements a page. What has ended is
 * not listed; what disabled people still hold is, because enabling them brings it back.
 */
export async function listAccess(ctx: Context, filter: AccessFilter): Promise<Page<AccessRow>> {
  if (filter.systemId === undefined) await authorize(db(), ctx, "rbac:read");
  else await authorize(db(), ctx, "system:read", { systemId: filter.systemId, role: "admin" });
  const rows = await db().$queryRaw<AccessRow[]>`
    WITH page AS MATERIALIZED (${pageOfLines(filter)})
    SELECT l.*, ${cohorts} AS cohorts, coalesce(g.display_name, l."grantedBy") AS "grantedByName",
      CASE WHEN l."systemId" IS NULL THEN ${lastActive} ELSE (SELECT r.created_at FROM
        (SELECT a.created_at, a.resource_type, a.resource_id, a.parent_type, a.parent_id FROM audit_logs a
          WHERE a.actor_id = l."userId" ORDER BY a.created_at DESC LIMIT ${recordsMax}) r
        WHERE (r.resource_type, r.resource_id) = ('system', l."systemId")
          OR (r.parent_type, r.parent_id) = ('system', l."systemId")
        ORDER BY r.created_at DESC LIMIT 1) END AS "lastUsedAt",
      ${lastActive} AS "lastActiveAt", w.display_name AS "reviewedByName"
    FROM page l LEFT JOIN users g ON g.id = l."grantedBy" LEFT JOIN users w ON w.id = l."reviewedBy"
    ORDER BY l.username, l.id`;
  return toPage(rows, filter.perPage, (row) => [row.username, row.id]);
}

/** People in the order of their names, each with their lines, so that a page reads as many people as it shows. */
function pageOfLines(filter: AccessFilter): Prisma.Sql {
  const key = readCursor(filter.cursor);
  return Prisma.sql`
    SELECT l.*, u.id AS "userId", u.username, u.display_name AS "displayName", u.enabled AS "userEnabled",
      u.auth_type = 'service' AS "isService", s.name AS "systemName", u.last_login_at
    FROM users u CROSS JOIN LATERAL (${linesOfPerson}) l LEFT JOIN systems s ON s.id = l."systemId"
    WHERE ${matchesFilter(filter)} AND ${isOnSystem(filter.systemId)}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`u.username >= ${key[0]} AND (u.username, l.id) > (${key[0]}, ${key[1]})`}
    ORDER BY u.username, l.id LIMIT ${filter.perPage + 1}`;
}

const linesOfPerson = Prisma.sql`
  SELECT b.id, 'role' AS kind, b.role_id AS "roleId", r.display_name AS "roleName",
    b.allowed_environments AS environments, b.scope_id AS "systemId",
    CASE WHEN b.scope_id IS NULL THEN NULL ELSE 'system' END AS "resourceType", b.scope_id AS "resourceId",
    (SELECT y.name FROM systems y WHERE y.id = b.scope_id) AS "resourceName", b.created_at AS since, b.source,
    NULL AS "ticketId", b.created_by AS "grantedBy", b.expires_at AS "expiresAt", b.reviewed_at AS "reviewedAt",
    b.reviewed_by AS "reviewedBy"
  FROM role_bindings b JOIN roles r ON r.id = b.role_id WHERE b.user_id = u.id
  UNION ALL
  SELECT m.id, 'member', m.role, m.role, ARRAY[]::text[], coalesce(y.id, v.system_id, xv.system_id),
    m.resource_type, m.resource_id, coalesce(y.name, v.name, x.name), m.created_at, m.source, m.ticket_id,
    m.granted_by, m.expires_at, m.reviewed_at, m.reviewed_by
  FROM resource_role_bindings m
  LEFT JOIN systems y ON m.resource_type = 'system' AND y.id = m.resource_id
  LEFT JOIN services v ON m.resource_type = 'service' AND v.id = m.resource_id
  LEFT JOIN vms x ON m.resource_type = 'vm' AND x.id = m.resource_id LEFT JOIN services xv ON xv.id = x.service_id
  WHERE m.user_id = u.id AND coalesce(y.id, v.id, x.id) IS NOT NULL`;

/** Its people first, found by the System, then their lines there. */
function isOnSystem(systemId: string | undefined): Prisma.Sql {
  if (systemId === undefined) return Prisma.sql`TRUE`;
  return Prisma.sql`l."systemId" = ${systemId} AND u.id = ANY(ARRAY(
    SELECT b.user_id FROM role_bindings b WHERE b.scope_id = ${systemId}
    UNION SELECT m.user_id FROM resource_role_bindings m WHERE (m.resource_type, m.resource_id) IN (
      SELECT 'system', ${systemId} UNION ALL SELECT 'service', v.id FROM services v WHERE v.system_id = ${systemId}
      UNION ALL SELECT 'vm', x.id FROM vms x JOIN services v ON v.id = x.service_id WHERE v.system_id = ${systemId})))`;
}

const cohorts = Prisma.sql`ARRAY(SELECT p.name || ': ' || coalesce(c.display_name, m.key)
  FROM external_cohort_grants o JOIN external_cohort_mappings m ON m.id = o.mapping_id
  JOIN auth_providers p ON p.id = m.provider_id
  LEFT JOIN external_cohorts c ON c.provider_id = m.provider_id AND c.kind = m.kind AND c.key = m.key
  WHERE o.binding_id = l.id ORDER BY 1)`;

const lastActive = lastActiveOf(Prisma.sql`l."userId"`, Prisma.sql`l.last_login_at`);

function lastActiveOf(userId: Prisma.Sql, lastLogin: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`greatest(${lastLogin},
    (SELECT max(q.last_seen_at) FROM user_sessions q WHERE q.user_id = ${userId}),
    (SELECT max(t.last_used_at) FROM api_tokens t WHERE t.user_id = ${userId}))`;
}

function matchesFilter(filter: AccessFilter): Prisma.Sql {
  const { q, notReviewedDays, expiringDays, inactiveDays } = filter;
  return Prisma.join(
    [
      Prisma.sql`(l."expiresAt" IS NULL OR l."expiresAt" > now())`,
      equals(Prisma.sql`l.kind`, filter.kind),
      equals(Prisma.sql`u.id`, filter.userId),
      equals(Prisma.sql`l."roleId"`, filter.role),
      equals(Prisma.sql`l.source`, filter.source),
      q === undefined || q === ""
        ? Prisma.sql`TRUE`
        : Prisma.sql`position(lower(${q}) IN lower(u.username || ' ' || u.display_name)) > 0`,
      notReviewedDays === undefined
        ? Prisma.sql`TRUE`
        : Prisma.sql`coalesce(l."reviewedAt", l.since) <= ${ago(notReviewedDays)}`,
      expiringDays === undefined
        ? Prisma.sql`TRUE`
        : Prisma.sql`l."expiresAt" <= now() + make_interval(days => ${expiringDays}::int)`,
      inactiveDays === undefined
        ? Prisma.sql`TRUE`
        : Prisma.sql`coalesce(${lastActiveOf(Prisma.sql`u.id`, Prisma.sql`u.last_login_at`)}, '-infinity')
            <= ${ago(inactiveDays)}`,
    ],
    " AND ",
  );
}

function ago(days: number): Prisma.Sql {
  return Prisma.sql`now() - make_interval(days => ${days}::int)`;
}

function equals(column: Prisma.Sql, value: string | undefined): Prisma.Sql {
  return value === undefined || value === "" ? Prisma.sql`TRUE` : Prisma.sql`${column} = ${value}`;
}
