import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { platformAdmin, type Permission, type ResourceRole } from "@/lib/vocabulary/permissions";
import { requireCarried, requireStanding, unfinishedSignIn, type Scope, type Standing } from "./rules";

/**
 * May the actor do this? One statement; the platform itself always may.
 * @throws UNAUTHORIZED, MFA_REQUIRED, PASSWORD_CHANGE_REQUIRED, RESOURCE_NOT_FOUND (no role at all), PERMISSION_DENIED
 */
export async function authorize(
  tx: Tx,
  ctx: Context,
  permission: Permission,
  scope: Scope = {},
): Promise<void> {
  if (ctx.actor.kind === "platform") return;
  if (ctx.actor.kind === "anonymous") throw new AppError("UNAUTHORIZED");
  if (ctx.actor.pendingStep !== null) throw unfinishedSignIn(ctx.actor.pendingStep);
  const standing = await readStanding(tx, ctx.actor.id, permission, scope);
  // Who has no role at all learns that nothing is there, whatever their token carries.
  requireStanding(standing, permission, scope);
  requireCarried(ctx.actor.token, permission, scope);
}

/** The same question as an answer: for buttons and pages, which offer only what would be allowed. */
export async function isAuthorized(
  tx: Tx,
  ctx: Context,
  permission: Permission,
  scope: Scope = {},
): Promise<boolean> {
  try {
    await authorize(tx, ctx, permission, scope);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function readStanding(
  tx: Tx,
  userId: string,
  permission: Permission,
  scope: Scope,
): Promise<Standing | null> {
  const rows = await tx.$queryRaw<StandingRow[]>`
    SELECT u.enabled, u.force_password_change AS "mustChangePassword",
      (SELECT coalesce(jsonb_agg(jsonb_build_object(
          'permission', p.permission, 'scopeId', b.scope_id, 'environments', b.allowed_environments)), '[]')
        FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
        JOIN role_permissions p ON p.role_id = b.role_id
        WHERE b.user_id = u.id AND (b.expires_at IS NULL OR b.expires_at > now())
          AND p.permission IN (${permission}, ${platformAdmin})) AS grants,
      (SELECT m.role FROM resource_role_bindings m
        WHERE m.user_id = u.id AND (m.expires_at IS NULL OR m.expires_at > now())
          AND (m.resource_type, m.resource_id) IN (('vm', ${scope.vmId ?? ""}),
            ('service', ${scope.serviceId ?? ""}), ('system', ${scope.systemId ?? ""}))
        ORDER BY array_position(ARRAY['vm', 'service', 'system'], m.resource_type) LIMIT 1) AS role
    FROM users u WHERE u.id = ${userId}`;
  return rows[0] ?? null;
}

interface StandingRow extends Standing {
  role: ResourceRole | null;
}
