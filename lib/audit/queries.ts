import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import type { AuditFilter, AuditRow } from "./schema";

/** The whole log, newest first, by keyset: page one thousand costs what page one costs. */
export async function listAudit(ctx: Context, filter: AuditFilter): Promise<Page<AuditRow>> {
  await authorize(db(), ctx, "audit:read");
  const key = readTimeCursor(filter.cursor);
  const conditions = [
    key === null ? Prisma.sql`TRUE` : Prisma.sql`(created_at, id) < (${key[0]}, ${key[1]})`,
    filter.action === undefined ? Prisma.sql`TRUE` : Prisma.sql`action = ${filter.action}`,
    filter.actor
      ? Prisma.sql`(actor_name = ${filter.actor} OR actor_id = ${filter.actor})`
      : Prisma.sql`TRUE`,
    filter.resourceType ? Prisma.sql`resource_type = ${filter.resourceType}` : Prisma.sql`TRUE`,
    filter.resourceId ? Prisma.sql`resource_id = ${filter.resourceId}` : Prisma.sql`TRUE`,
    filter.startTime === undefined ? Prisma.sql`TRUE` : Prisma.sql`created_at >= ${filter.startTime}`,
    filter.endTime === undefined ? Prisma.sql`TRUE` : Prisma.sql`created_at <= ${filter.endTime}`,
  ];
  const rows = await db().$queryRaw<AuditRow[]>`
    SELECT id, action, outcome, actor_id AS "actorId", actor_name AS "actorName", resource_type AS "resourceType",
      resource_id AS "resourceId", resource_name AS "resourceName", environment, details,
      host(ip_address) AS "ipAddress", correlation_id AS "correlationId", created_at AS "createdAt"
    FROM audit_logs WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY created_at DESC, id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.createdAt.toISOString(), row.id]);
}
