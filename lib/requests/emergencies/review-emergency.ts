import { isAuthorized } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import { refusalOfReview } from "./rules";
import type { EmergencyDetail, ReviewEmergency } from "./schema";
import { lockEmergency, type LockedEmergency } from "./store";

/**
 * Somebody else says whether it was right, once, after it has ended.
 * @throws SELF_APPROVAL_FORBIDDEN for its author, INVALID_STATE while it runs or once it is reviewed
 */
export function reviewEmergency(ctx: Context, input: ReviewEmergency): Promise<void> {
  return inTransaction(async (tx) => {
    const emergency = await lockEmergency(tx, input.emergencyId);
    const refusal = await findRefusal(tx, ctx, emergency);
    if (refusal !== null) throw asError(refusal);
    await tx.emergency.update({
      where: { id: emergency.id },
      data: {
        reviewedAt: ctx.now,
        reviewedBy: actorId(ctx.actor),
        reviewerName: shownName(ctx.actor),
        verdict: input.verdict,
        reviewComment: input.comment,
      },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "emergency.review",
      resource: { type: "emergency", id: emergency.id, name: emergency.systemName },
      parent: { type: "system", id: emergency.systemId },
      environment: emergency.environment,
      details: { personId: emergency.personId, verdict: input.verdict, comment: input.comment },
    });
    await notifyUsers(tx, [emergency.personId], {
      kind: "EMERGENCY_REVIEW",
      resource: { type: "emergency", id: emergency.id },
      params: { person: shownName(ctx.actor), system: emergency.systemName, verdict: input.verdict },
    });
  });
}

/** A step: why the actor may not review it now; null where they may. */
export async function findRefusal(
  tx: Tx,
  ctx: Context,
  emergency: Pick<LockedEmergency, "personId" | "systemId" | "environment" | "endedAt" | "reviewedAt">,
): Promise<EmergencyDetail["refusal"]> {
  const { systemId, environment } = emergency;
  const reviewerId = actorId(ctx.actor);
  const ownProgram = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM users u WHERE u.id = ${reviewerId} AND u.auth_type = 'service' AND (u.created_by = ${emergency.personId}
      OR EXISTS (SELECT 1 FROM api_tokens t WHERE t.user_id = u.id AND t.created_by = ${emergency.personId}))`;
  const ownerId = ownProgram.length > 0 ? emergency.personId : null;
  const isPermitted = await isAuthorized(tx, ctx, "builtin_approval:approve", { systemId, environment });
  return refusalOfReview(emergency, { id: reviewerId, ownerId, isPermitted });
}

function asError(refusal: NonNullable<EmergencyDetail["refusal"]>): AppError {
  switch (refusal) {
    case "own_emergency":
      return new AppError("SELF_APPROVAL_FORBIDDEN");
    case "permission":
      return new AppError("RESOURCE_NOT_FOUND");
    case "still_running":
      return new AppError("INVALID_STATE", { object: "emergency", state: "RUNNING", move: "review" });
    case "reviewed":
      return new AppError("INVALID_STATE", { object: "emergency", state: "REVIEWED", move: "review" });
  }
}
