import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { platformAdmin } from "@/lib/vocabulary/permissions";
import { authorize } from "./authorize";
import type { AssignRole } from "./schema";

/** Gives a person a role everywhere or within one System, in the named environments. */
export function assignRole(ctx: Context, input: AssignRole): Promise<void> {
  return inTransaction((tx) => assignRoleTo(tx, ctx, input));
}

/** A step: the same in the caller's transaction; a former binding of this role there gets the new environments. */
export async function assignRoleTo(tx: Tx, ctx: Context, input: AssignRole): Promise<void> {
  await authorize(tx, ctx, "rbac:manage");
  await requireAssignable(tx, ctx, input);
  await tx.$executeRaw`
    INSERT INTO role_bindings (id, user_id, role_id, scope_type, scope_id, allowed_environments, source, created_by)
    VALUES (${newId()}, ${input.userId}, ${input.roleId}, ${input.systemId === undefined ? "global" : "system"},
      ${input.systemId ?? null}, ${input.environments}, 'manual', ${actorId(ctx.actor)})
    ON CONFLICT (user_id, role_id, scope_type, scope_id, source) DO UPDATE
    SET allowed_environments = excluded.allowed_environments, expires_at = NULL`;
  await recordAudit(tx, ctx, {
    action: "role.assign",
    resource: { type: "user", id: input.userId },
    details: { roleId: input.roleId, systemId: input.systemId ?? null, environments: input.environments },
  });
}

/** Nobody can hand out more than they have: a role that passes every check comes from somebody who does. */
async function requireAssignable(
  tx: Tx,
  ctx: Context,
  { userId, roleId, systemId, environments }: AssignRole,
) {
  const role = await tx.role.findUnique({
    where: { id: roleId },
    select: { permissions: { select: { permission: true } } },
  });
  if (role === null) throw fieldRefused("roleId", "not_found");
  if (role.permissions.some(({ permission }) => permission === platformAdmin))
    await authorize(tx, ctx, platformAdmin);
  const known = await tx.environment.count({ where: { name: { in: [...new Set(environments)] } } });
  if (known !== new Set(environments).size) throw fieldRefused("environments", "not_found");
  if (systemId !== undefined && (await tx.system.count({ where: { id: systemId } })) === 0) {
    throw fieldRefused("systemId", "not_found");
  }
  if ((await tx.user.count({ where: { id: userId } })) === 0)
    throw new AppError("RESOURCE_NOT_FOUND", { type: "user" });
}
