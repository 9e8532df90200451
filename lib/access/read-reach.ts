import type { Change } from "@/lib/core/changes";
import type { Context, TokenReach } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { platformAdmin, type Permission } from "@/lib/vocabulary/permissions";
import { carries } from "./rules";

/** Everything a person may hear about, read at once, for connections that outlive a request. */
export interface Reach {
  userId: string;
  isAdmin: boolean;
  /** What a program's token leaves of all this. */
  token: TokenReach | null;
  /** Permission → null for everywhere, or the Systems it is held on. */
  permissions: Map<string, Set<string> | null>;
  /** Systems on which, or on something of which, the person has a role. */
  systems: Set<string>;
  /** Systems the person keeps, as owner or admin: whoever asks for access there asks them. */
  kept: Set<string>;
}

export async function readReach(ctx: Context): Promise<Reach> {
  const userId = ctx.actor.kind === "person" ? ctx.actor.id : "";
  const [granted, systems] = await Promise.all([
    db().$queryRaw<{ permission: string; systemIds: string[] | null }[]>`
      SELECT p.permission, CASE WHEN bool_or(b.scope_id IS NULL) THEN NULL
        ELSE array_agg(DISTINCT b.scope_id) END AS "systemIds"
      FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
      JOIN role_permissions p ON p.role_id = b.role_id JOIN users u ON u.id = b.user_id AND u.enabled
      WHERE b.user_id = ${userId} AND (b.expires_at IS NULL OR b.expires_at > now()) GROUP BY p.permission`,
    db().$queryRaw<{ systemId: string | null; isKept: boolean }[]>`
      SELECT coalesce(s.id, se.system_id, vs.system_id) AS "systemId",
        bool_or(s.id IS NOT NULL AND m.role IN ('owner', 'admin')) AS "isKept"
      FROM resource_role_bindings m
      LEFT JOIN systems s ON m.resource_type = 'system' AND s.id = m.resource_id
      LEFT JOIN services se ON m.resource_type = 'service' AND se.id = m.resource_id
      LEFT JOIN vms v ON m.resource_type = 'vm' AND v.id = m.resource_id
      LEFT JOIN services vs ON vs.id = v.service_id
      WHERE m.user_id = ${userId} AND (m.expires_at IS NULL OR m.expires_at > now()) GROUP BY 1`,
  ]);
  const permissions = new Map(
    granted.map(({ permission, systemIds }) => [permission, systemIds && new Set(systemIds)]),
  );
  return {
    userId,
    isAdmin: permissions.get(platformAdmin) === null,
    token: ctx.actor.kind === "person" ? ctx.actor.token : null,
    permissions,
    systems: new Set(systems.flatMap(({ systemId }) => systemId ?? [])),
    kept: new Set(systems.flatMap(({ systemId, isKept }) => (isKept && systemId !== null ? systemId : []))),
  };
}

/** Whether the person may hear that this changed; an announcement holds ids only, the page reads again with its checks. */
export function seesChange(reach: Reach, { kind, systemId, userId }: Change): boolean {
  const isOwn = userId === reach.userId;
  switch (kind) {
    case "notification":
    case "session":
    case "console":
      return isOwn;
    case "ticket":
      return (
        isOwn ||
        holds(reach, "ticket:view", systemId) ||
        holds(reach, "builtin_approval:view", systemId) ||
        (reach.kept.has(systemId ?? "") && holds(reach, "system:read", systemId))
      );
    case "vm":
      return holds(reach, "vm:read", systemId) && (reach.isAdmin || reach.systems.has(systemId ?? ""));
    case "cluster":
      return holds(reach, "cluster:read", systemId);
    case "batch":
      return isOwn || (reach.isAdmin && carries(reach.token, platformAdmin));
    case "upload":
      return isOwn || holds(reach, "template:read", systemId);
    case "catalogue":
      return holds(reach, "template:read", systemId) || holds(reach, "instance_size:read", systemId);
    case "adoption":
      return reach.isAdmin;
    // Told to nobody: whom it concerns has their reach read again.
    case "access":
    case "answer":
      return false;
  }
}

function holds(reach: Reach, permission: Permission, systemId: string | null | undefined): boolean {
  if (!carries(reach.token, permission)) return false;
  if (reach.isAdmin) return true;
  const scope = reach.permissions.get(permission);
  return scope === null || (scope !== undefined && scope.has(systemId ?? ""));
}
