import { Prisma } from "@/prisma/generated/client";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import type { NotificationFilter, NotificationRow } from "./schema";

/** One's own inbox, newest first. */
export async function listNotifications(
  ctx: Context,
  filter: NotificationFilter,
): Promise<Page<NotificationRow>> {
  const key = readTimeCursor(filter.cursor);
  const after = key === null ? Prisma.sql`TRUE` : Prisma.sql`(created_at, id) < (${key[0]}, ${key[1]})`;
  const unread = filter.unread === true ? Prisma.sql`NOT read` : Prisma.sql`TRUE`;
  const kind = filter.kind === undefined ? Prisma.sql`TRUE` : Prisma.sql`type = ${filter.kind}`;
  const rows = await db().$queryRaw<NotificationRow[]>`
    SELECT id, type, params, related_ticket_id AS "relatedTicketId", resource_type AS "resourceType",
      resource_id AS "resourceId", read, created_at AS "createdAt"
    FROM notifications WHERE recipient_id = ${actorId(ctx.actor)} AND ${unread} AND ${kind} AND ${after}
    ORDER BY created_at DESC, id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.createdAt.toISOString(), row.id]);
}

/** Counts to a hundred: the badge says "99+" beyond. */
export async function countUnread(ctx: Context): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM notifications
      WHERE recipient_id = ${actorId(ctx.actor)} AND NOT read LIMIT 100) few`;
  return rows[0]?.count ?? 0;
}
