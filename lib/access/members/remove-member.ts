import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { requireChangingToken, requireMemberAdmin } from "./require-member-admin";
import type { RemoveMember } from "./schema";
import { isLastingOwner, listTouchedRoles, lockPlace, readHeld, requireOwnerLeft, type Place } from "./store";

/** Takes the role right there away; everybody may leave by themselves. @throws LAST_OWNER */
export function removeMember(ctx: Context, input: RemoveMember): Promise<void> {
  return inTransaction(async (tx) => {
    const place = await lockPlace(tx, input);
    await requireRemover(tx, ctx, { place, userId: input.userId });
    const held = await readHeld(tx, input.userId, place);
    if (held === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "member" });
    await tx.resourceRoleBinding.deleteMany({
      where: { userId: input.userId, resourceType: place.type, resourceId: place.id },
    });
    if (isLastingOwner(place, held)) await requireOwnerLeft(tx, place);
    await recordAudit(tx, ctx, {
      action: "member.remove",
      resource: { type: place.type, id: place.id },
      parent: { type: "system", id: place.systemId },
      details: { userId: input.userId, role: held.role, expiresAt: held.expiresAt },
    });
  });
}

async function requireRemover(
  tx: Tx,
  ctx: Context,
  { place, userId }: { place: Place; userId: string },
): Promise<void> {
  const { systemId } = place;
  if (userId !== actorId(ctx.actor)) {
    const touched = await listTouchedRoles(tx, userId, place);
    return requireMemberAdmin(tx, ctx, { systemId, touched });
  }
  const inside = {
    ...(place.serviceId === undefined ? {} : { serviceId: place.serviceId }),
    ...(place.vmId === undefined ? {} : { vmId: place.vmId }),
  };
  await authorize(tx, ctx, "system:read", { systemId, ...inside, role: "viewer" });
  requireChangingToken(ctx, systemId);
}
