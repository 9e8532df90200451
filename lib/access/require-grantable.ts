import type { Context } from "@/lib/core/context";
import { fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { platformAdmin, type Permission } from "@/lib/vocabulary/permissions";
import { authorize, isAuthorized } from "./authorize";
import { carries, type Grant } from "./rules";

interface Wanted {
  permissions: readonly Permission[];
  /** Absent: everywhere. */
  systemId?: string | undefined;
  /** Where it is to reach; none named means that holding it anywhere is enough. */
  environments?: readonly string[];
}

interface WantedRole {
  roleId: string;
  systemId?: string | undefined;
  environments: readonly string[];
}

export interface GrantableRole {
  id: string;
  displayName: string;
  permissions: Permission[];
}

/**
 * Nobody hands out more than they have: every permission of the role is held as far as it is to reach, and what passes
 * every check comes from somebody who does and is bound to no System.
 * @throws VALIDATION_FAILED on roleId or systemId, PERMISSION_DENIED for the role that passes every check
 */
export async function requireGrantable(tx: Tx, ctx: Context, wanted: WantedRole): Promise<GrantableRole> {
  const role = await readRole(tx, wanted.roleId);
  if (role.permissions.includes(platformAdmin)) {
    await authorize(tx, ctx, platformAdmin);
    if (wanted.systemId !== undefined) throw fieldRefused("systemId", "invalid");
  }
  const [missing] = await listUngrantable(tx, ctx, { ...wanted, permissions: role.permissions });
  if (missing !== undefined) throw fieldRefused("roleId", "not_permitted", { permission: missing });
  return role;
}

/** Which of these the actor, or the token they came with, does not hold that far. */
export async function listUngrantable(tx: Tx, ctx: Context, wanted: Wanted): Promise<Permission[]> {
  if (ctx.actor.kind === "platform" || (await isAuthorized(tx, ctx, platformAdmin))) return [];
  if (ctx.actor.kind === "anonymous") return [...wanted.permissions];
  const { id, token } = ctx.actor;
  const grants = await readGrants(tx, id);
  const environments = wanted.environments ?? [];
  const isOutside = token?.environments && environments.some((name) => !token.environments?.includes(name));
  return wanted.permissions.filter(
    (permission) =>
      isOutside === true ||
      !carries(token, permission) ||
      !reaches(
        grants.filter((grant) => grant.permission === permission),
        wanted.systemId,
        environments,
      ),
  );
}

/** Held there at all, and in each of the environments through one binding or another. */
function reaches(
  grants: readonly Grant[],
  systemId: string | undefined,
  environments: readonly string[],
): boolean {
  const there = grants.filter((grant) => grant.scopeId === null || grant.scopeId === systemId);
  return (
    there.length > 0 && environments.every((name) => there.some((grant) => grant.environments.includes(name)))
  );
}

/** Kept from deletion until the caller's transaction ends. */
async function readRole(tx: Tx, roleId: string): Promise<GrantableRole> {
  const rows = await tx.$queryRaw<GrantableRole[]>`
    SELECT r.id, r.display_name AS "displayName",
      ARRAY(SELECT p.permission FROM role_permissions p WHERE p.role_id = r.id ORDER BY p.permission) AS permissions
    FROM roles r WHERE r.id = ${roleId} AND r.enabled FOR KEY SHARE`;
  if (rows[0] === undefined) throw fieldRefused("roleId", "not_found");
  return rows[0];
}

async function readGrants(tx: Tx, userId: string): Promise<Grant[]> {
  return tx.$queryRaw<Grant[]>`
    SELECT p.permission, b.scope_id AS "scopeId", b.allowed_environments AS environments
    FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
    JOIN role_permissions p ON p.role_id = b.role_id
    WHERE b.user_id = ${userId} AND (b.expires_at IS NULL OR b.expires_at > now())`;
}
