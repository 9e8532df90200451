import { authorize, isAuthorized } from "@/lib/access/authorize";
import { requireCarried } from "@/lib/access/rules";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { ResourceRole } from "@/lib/vocabulary/permissions";

/**
 * Admins manage who belongs to a System and to what lies in it, all but its owners; owners manage everybody (spec §3).
 * The global permission is the one for seeing Systems; a token has to carry the one for changing them.
 * @throws RESOURCE_NOT_FOUND to whoever has no role there, PERMISSION_DENIED {roleNeeded, roleHeld}
 */
export async function requireMemberAdmin(
  tx: Tx,
  ctx: Context,
  { systemId, touched }: { systemId: string; touched: readonly ResourceRole[] },
): Promise<void> {
  const role = touched.includes("owner") ? "owner" : "admin";
  await authorize(tx, ctx, "system:read", { systemId, role });
  requireChangingToken(ctx, systemId);
  await requireLastingRole(tx, ctx, systemId);
}

/** What an emergency lends ends with it, so nobody makes it last, for themselves or for others. */
async function requireLastingRole(tx: Tx, ctx: Context, systemId: string): Promise<void> {
  const place = { userId: actorId(ctx.actor), resourceType: "system", resourceId: systemId };
  const lent = await tx.resourceRoleBinding.count({ where: { ...place, source: "emergency" } });
  if (lent === 0 || (await isAuthorized(tx, ctx, "platform:admin"))) return;
  throw new AppError("PERMISSION_DENIED", { permission: "system:read", reason: "emergency" });
}

/** A token that only reads changes no members, whatever its owner may. */
export function requireChangingToken(ctx: Context, systemId: string): void {
  if (ctx.actor.kind === "person") requireCarried(ctx.actor.token, "system:write", { systemId });
}
