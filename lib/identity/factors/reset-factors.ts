import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { endSessions } from "../revoke-session";
import { lockManagedUser, requirePerson } from "../store";
import type { ResetFactors } from "./schema";
import { lockFactors, settleWithoutFactors } from "./store";

/**
 * For somebody who lost what they prove themselves with: all of it goes, their sessions end, and where a second factor is
 * demanded they enrol a new one at the next sign-in.
 * @throws PERMISSION_DENIED, RESOURCE_NOT_FOUND, INVALID_STATE for oneself, MFA_REQUIRED
 */
export function resetFactors(ctx: Context, { userId, reason }: ResetFactors): Promise<void> {
  return inTransaction(async (tx) => {
    const user = await lockManagedUser(tx, ctx, userId);
    // Whoever still has their factors removes them on their own page, where a last one may be demanded.
    if (userId === requirePerson(ctx).id) throw new AppError("INVALID_STATE", { object: "own_account" });
    await requireStepUp(tx, ctx, "change_sign_in");
    const factors = await lockFactors(tx, userId);
    const { mustChangePassword } = await settleWithoutFactors(tx, userId);
    const ended = await endSessions(tx, ctx, { userId, reason: "mfa_reset" });
    await recordAudit(tx, ctx, {
      action: "user.mfa_remove",
      resource: { type: "user", id: userId, name: user.username },
      details: { reason, removed: factors.length, left: 0, mustChangePassword, ended },
    });
  });
}
