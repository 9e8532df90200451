import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { platformAdmin } from "@/lib/vocabulary/permissions";
import type { StartedView, StartViewAs } from "./schema";
import { requireOwnSession } from "./store";

const viewMinutes = 30;

/**
 * The administrator's own session shows the portal as somebody else sees it, for a while and without changing anything.
 * @throws MFA_REQUIRED, RESOURCE_NOT_FOUND, INVALID_STATE for oneself or a disabled account
 */
export function startViewAs(ctx: Context, { userId }: StartViewAs): Promise<StartedView> {
  return inTransaction(async (tx) => {
    const { id, sessionId } = requireOwnSession(ctx);
    await authorize(tx, ctx, platformAdmin);
    await requireStepUp(tx, ctx, "change_sign_in");
    const target = await tx.user.findUnique({
      where: { id: userId },
      select: { id: true, username: true, enabled: true },
    });
    if (target === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "user" });
    if (userId === id) throw new AppError("INVALID_STATE", { object: "own_account" });
    if (!target.enabled) throw new AppError("INVALID_STATE", { object: "disabled_account" });
    const until = new Date(ctx.now.getTime() + viewMinutes * 60_000);
    const begun = await tx.userSession.updateMany({
      where: { id: sessionId, userId: id, revokedAt: null },
      data: { viewAsUserId: userId, viewAsUntil: until },
    });
    if (begun.count === 0) throw new AppError("SESSION_EXPIRED");
    await recordAudit(tx, ctx, {
      action: "user.view_as_start",
      resource: { type: "user", id: userId, name: target.username },
      details: { until },
    });
    return { userId, username: target.username, until };
  });
}
