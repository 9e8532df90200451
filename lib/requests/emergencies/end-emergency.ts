import { bindResourceRole } from "@/lib/access/bind-resource-role";
import { isAuthorized } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyHolders } from "@/lib/notifications/notify-users";
import { formerRole } from "./rules";
import type { EndEmergency } from "./schema";
import { lockEmergency, type LockedEmergency } from "./store";

/** Its person ends it early, and so may a platform administrator. */
export function endEmergency(ctx: Context, { emergencyId }: EndEmergency): Promise<void> {
  return inTransaction(async (tx) => {
    const emergency = await lockEmergency(tx, emergencyId);
    const isOwn = actorId(ctx.actor) === emergency.personId;
    if (!isOwn && !(await isAuthorized(tx, ctx, "platform:admin"))) throw new AppError("RESOURCE_NOT_FOUND");
    if (emergency.endedAt !== null) {
      throw new AppError("INVALID_STATE", { object: "emergency", state: "ENDED", move: "end" });
    }
    await finishEmergency(tx, ctx, emergency);
  });
}

/** A step: what the person was before is theirs again, the record is closed, and somebody is asked to review. */
export async function finishEmergency(tx: Tx, ctx: Context, emergency: LockedEmergency): Promise<void> {
  await tx.emergency.update({
    where: { id: emergency.id },
    data: { endedAt: ctx.now, endedBy: actorId(ctx.actor) },
    select: { id: true },
  });
  await giveBackRole(tx, ctx, emergency);
  await recordAudit(tx, ctx, {
    action: "emergency.end",
    resource: { type: "emergency", id: emergency.id, name: emergency.systemName },
    parent: { type: "system", id: emergency.systemId },
    environment: emergency.environment,
    details: { personId: emergency.personId, reviewDueAt: emergency.reviewDueAt },
  });
  const { systemId, environment, personId } = emergency;
  await notifyHolders(
    tx,
    { permission: "builtin_approval:approve", systemId, environment, exceptUserId: personId },
    {
      kind: "EMERGENCY_REVIEW",
      resource: { type: "emergency", id: emergency.id },
      params: { person: emergency.personName, system: emergency.systemName },
    },
  );
}

/** Only what this emergency gave is taken back; a role given by somebody meanwhile stays. */
async function giveBackRole(tx: Tx, ctx: Context, emergency: LockedEmergency): Promise<void> {
  if (emergency.formerRole === null) return;
  const former = formerRole.parse(emergency.formerRole);
  const key = { userId: emergency.personId, resourceType: "system", resourceId: emergency.systemId };
  const given = await tx.resourceRoleBinding.findFirst({
    where: { ...key, source: "emergency" },
    select: { id: true },
  });
  if (given === null) return;
  if (former.role === null || (former.expiresAt !== null && new Date(former.expiresAt) <= ctx.now)) {
    await tx.resourceRoleBinding.delete({ where: { id: given.id }, select: { id: true } });
    return;
  }
  await bindResourceRole(tx, ctx, {
    userId: emergency.personId,
    role: former.role,
    resource: { type: "system", id: emergency.systemId },
    expiresAt: former.expiresAt === null ? null : new Date(former.expiresAt),
    source: former.source,
  });
}
