import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { authorize } from "./authorize";
import { requireAdministratorLeft } from "./require-administrator-left";
import { requireGrantable } from "./require-grantable";
import { requireStepUp } from "./require-step-up";
import type { AssignRole } from "./schema";
import { endSessions, requireFuture, requireKnownEnvironments } from "./store";

/** Gives a person a role everywhere or within one System, in the named environments, for good or for a time. */
export function assignRole(ctx: Context, input: AssignRole): Promise<{ id: string }> {
  return inTransaction((tx) => assignRoleTo(tx, ctx, input));
}

/** A step: the same in the caller's transaction; a former binding of this role there gets the new environments and end. */
export async function assignRoleTo(tx: Tx, ctx: Context, input: AssignRole): Promise<{ id: string }> {
  await authorize(tx, ctx, "rbac:manage");
  const role = await requireGrantable(tx, ctx, input);
  await requireKnownEnvironments(tx, input.environments);
  requireFuture(input.expiresAt, ctx.now);
  const person = await requireKnownPlace(tx, input);
  await requireStepUp(tx, ctx, "grant_role");
  const id = await writeBinding(tx, ctx, input);
  if (role.permissions.includes("platform:admin") && input.expiresAt != null)
    await requireAdministratorLeft(tx);
  await endSessions(tx, input.userId);
  await recordAudit(tx, ctx, {
    action: "role.assign",
    resource: { type: "user", id: input.userId, name: person.username },
    ...(input.systemId === undefined ? {} : { parent: { type: "system", id: input.systemId } }),
    details: {
      roleId: role.id,
      roleName: role.displayName,
      systemId: input.systemId ?? null,
      environments: input.environments,
      expiresAt: input.expiresAt ?? null,
    },
  });
  return { id };
}

async function requireKnownPlace(tx: Tx, { userId, systemId }: AssignRole): Promise<{ username: string }> {
  if (systemId !== undefined && (await tx.system.count({ where: { id: systemId } })) === 0) {
    throw fieldRefused("systemId", "not_found");
  }
  const person = await tx.user.findUnique({ where: { id: userId }, select: { username: true } });
  if (person === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "user" });
  return person;
}

async function writeBinding(tx: Tx, ctx: Context, input: AssignRole): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO role_bindings (id, user_id, role_id, scope_type, scope_id, allowed_environments, source, created_by,
      expires_at)
    VALUES (${newId()}, ${input.userId}, ${input.roleId}, ${input.systemId === undefined ? "global" : "system"},
      ${input.systemId ?? null}, ${[...new Set(input.environments)]}, 'manual', ${actorId(ctx.actor)},
      ${input.expiresAt ?? null}::timestamptz)
    ON CONFLICT (user_id, role_id, scope_type, scope_id, source) DO UPDATE
    SET allowed_environments = excluded.allowed_environments, expires_at = excluded.expires_at,
      created_by = excluded.created_by, reviewed_at = NULL, reviewed_by = NULL
    RETURNING id`;
  if (rows[0] === undefined) throw new Error("an upserted binding was not returned");
  return rows[0].id;
}
