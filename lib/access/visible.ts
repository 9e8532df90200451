import { Prisma } from "@/prisma/generated/client";
import type { Context } from "@/lib/core/context";
import { platformAdmin, type Permission } from "@/lib/vocabulary/permissions";
import { carries } from "./rules";

/**
 * WHERE-fragments for lists: each is a boolean SQL expression over the given columns, true for what the actor may see.
 * Every list starts from one of these, so no list filters in memory.
 */

/** Somebody who passes every check. */
export function isPlatformAdmin(ctx: Context): Prisma.Sql {
  return Prisma.sql`(${isCarried(ctx, { permission: platformAdmin })} AND ${holds(ctx, { permission: platformAdmin })})`;
}

/** What a token leaves of its owner's reach; a session carries everything. */
function isCarried(ctx: Context, { permission, environment }: Reached): Prisma.Sql {
  const token = ctx.actor.kind === "person" ? ctx.actor.token : null;
  if (!carries(token, permission)) return Prisma.sql`FALSE`;
  if (token === null || token.environments === null || environment === undefined) return Prisma.sql`TRUE`;
  return Prisma.sql`${environment} = ANY(${token.environments})`;
}

/** Systems the actor has any role on, and holds the permission for. */
export function systemIsVisible(
  ctx: Context,
  systemId: Prisma.Sql,
  permission: Permission = "system:read",
): Prisma.Sql {
  const role = Prisma.sql`(m.resource_type = 'system' AND m.resource_id = ${systemId})`;
  return isSeen(ctx, { permission, systemId }, role);
}

export interface VmColumns {
  vmId: Prisma.Sql;
  serviceId: Prisma.Sql;
  systemId: Prisma.Sql;
  environment: Prisma.Sql;
}

/** VMs by VM → service → System inheritance and the environments the actor's bindings allow. */
export function vmIsVisible(
  ctx: Context,
  columns: VmColumns,
  permission: Permission = "vm:read",
): Prisma.Sql {
  const role = Prisma.sql`((m.resource_type = 'vm' AND m.resource_id = ${columns.vmId})
    OR (m.resource_type = 'service' AND m.resource_id = ${columns.serviceId})
    OR (m.resource_type = 'system' AND m.resource_id = ${columns.systemId}))`;
  return isSeen(ctx, { permission, systemId: columns.systemId, environment: columns.environment }, role);
}

/** Where a permission must reach; without a System only global bindings count. */
export interface Reached {
  permission: Permission;
  systemId?: Prisma.Sql;
  environment?: Prisma.Sql;
}

/** Whatever a permission alone opens, by System and environment: an approver's queue, the namespaces list. */
export function isPermitted(ctx: Context, reached: Reached): Prisma.Sql {
  if (ctx.actor.kind === "platform") return Prisma.sql`TRUE`;
  return Prisma.sql`(${isCarried(ctx, reached)} AND (${isAdmin(ctx)} OR ${holds(ctx, reached)}))`;
}

function isSeen(ctx: Context, reached: Reached, role: Prisma.Sql): Prisma.Sql {
  if (ctx.actor.kind === "platform") return Prisma.sql`TRUE`;
  return Prisma.sql`(${isCarried(ctx, reached)} AND (${isAdmin(ctx)} OR (${holds(ctx, reached)}
    AND EXISTS (SELECT 1 FROM resource_role_bindings m WHERE m.user_id = ${personId(ctx)}
      AND (m.expires_at IS NULL OR m.expires_at > now()) AND ${role}))))`;
}

/** The owner of the actor's token or session passes every check; whether the token carries that is asked beside it. */
function isAdmin(ctx: Context): Prisma.Sql {
  return holds(ctx, { permission: platformAdmin });
}

// Whether the person is enabled was asked when the session or token was checked, in this same request.
function holds(ctx: Context, { permission, systemId, environment }: Reached): Prisma.Sql {
  if (ctx.actor.kind === "platform") return Prisma.sql`TRUE`;
  const scope =
    systemId === undefined
      ? Prisma.sql`b.scope_id IS NULL`
      : Prisma.sql`(b.scope_id IS NULL OR b.scope_id = ${systemId})`;
  const allowed =
    environment === undefined ? Prisma.sql`TRUE` : Prisma.sql`${environment} = ANY(b.allowed_environments)`;
  return Prisma.sql`EXISTS (SELECT 1 FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
    JOIN role_permissions p ON p.role_id = b.role_id
    WHERE b.user_id = ${personId(ctx)} AND p.permission = ${permission}
      AND (b.expires_at IS NULL OR b.expires_at > now()) AND ${scope} AND ${allowed})`;
}

/** Nobody has the empty id, so an anonymous actor sees nothing. */
function personId(ctx: Context): string {
  return ctx.actor.kind === "person" ? ctx.actor.id : "";
}
