import { Prisma } from "@/prisma/generated/client";
import { systemIsVisible } from "@/lib/access/visible";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import type { Tx } from "@/lib/core/transaction";
import { requireAsker } from "./rules";
import type { AskableFilter, AskableRow } from "./schema";
import { findAskable, selectAskable } from "./store";

/** By name. What a person may not know of is in no page, whatever is searched for. */
export async function listAskableSystems(ctx: Context, filter: AskableFilter): Promise<Page<AskableRow>> {
  requireAsker(ctx.actor);
  const key = readCursor(filter.cursor);
  const rows = await db().$queryRaw<AskableRow[]>`
    ${selectAskable(ctx)} AND starts_with(y.name, ${filter.q ?? ""})
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(y.name, y.id) > (${key[0]}, ${key[1]})`}
    ORDER BY y.name, y.id LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.name, row.id]);
}

export async function readAskableSystem(ctx: Context, systemId: string): Promise<AskableRow> {
  requireAsker(ctx.actor);
  return findAskable(db(), ctx, systemId);
}

/** Whether requests for access may come to this person: they own or administer a System. */
export async function isSystemKeeper(ctx: Context): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM resource_role_bindings own WHERE own.user_id = ${actorId(ctx.actor)}
      AND own.resource_type = 'system' AND own.role IN ('owner', 'admin')
      AND (own.expires_at IS NULL OR own.expires_at > now())
      AND ${systemIsVisible(ctx, Prisma.sql`own.resource_id`)} LIMIT 1`;
  return rows.length > 0;
}

export interface Decider {
  id: string;
  username: string;
  displayName: string;
}

/**
 * A step: who decides about a role on a System: its owners and admins, and where it has none but the requester, the
 * platform's administrators, who always may.
 */
export async function listAccessDeciders(
  tx: Tx,
  { systemId, exceptUserId }: { systemId: string; exceptUserId: string },
): Promise<Decider[]> {
  const rows = await tx.$queryRaw<(Decider & { isKeeper: boolean })[]>`
    WITH granted AS (
      SELECT DISTINCT b.user_id FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
      JOIN role_permissions p ON p.role_id = b.role_id
      WHERE (b.expires_at IS NULL OR b.expires_at > now()) AND ((p.permission = 'platform:admin' AND b.scope_id IS NULL)
        OR (p.permission = 'system:read' AND (b.scope_id IS NULL OR b.scope_id = ${systemId}) AND b.user_id IN (
          SELECT k.user_id FROM resource_role_bindings k WHERE k.resource_type = 'system'
            AND k.resource_id = ${systemId} AND k.role IN ('owner', 'admin')
            AND (k.expires_at IS NULL OR k.expires_at > now())))))
    SELECT u.id, u.username, u.display_name AS "displayName", m.id IS NOT NULL AS "isKeeper"
    FROM granted g JOIN users u ON u.id = g.user_id AND u.enabled AND u.auth_type <> 'service'
    LEFT JOIN resource_role_bindings m ON m.user_id = u.id AND m.resource_type = 'system'
      AND m.resource_id = ${systemId} AND m.role IN ('owner', 'admin') AND (m.expires_at IS NULL OR m.expires_at > now())
    WHERE u.id <> ${exceptUserId}
    ORDER BY m.id IS NULL, array_position(ARRAY['owner', 'admin'], m.role), u.username LIMIT 200`;
  const keepers = rows.filter(({ isKeeper }) => isKeeper);
  return (keepers.length > 0 ? keepers : rows).map(({ id, username, displayName }) => ({
    id,
    username,
    displayName,
  }));
}
