import { requireStepUp } from "@/lib/access/require-step-up";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { endSessions } from "./revoke-session";
import { issuePasswordLink } from "./issue-password-link";
import type { PasswordLink, UserInput } from "./schema";
import { lockManagedUser, requireLocal } from "./store";

/**
 * The old password opens nothing any more; the person sets a new one with the link, which is answered only here.
 * @throws MFA_REQUIRED without a fresh second factor, INVALID_STATE for one's own account, accounts
 *   without a password here, and disabled ones
 */
export function resetPassword(ctx: Context, { userId }: UserInput): Promise<PasswordLink> {
  return inTransaction(async (tx) => {
    // It would end the very session that is to show the link.
    if (userId === actorId(ctx.actor)) throw new AppError("INVALID_STATE", { object: "own_account" });
    const user = await lockManagedUser(tx, ctx, userId);
    // Whoever sets another's password can be them, so it takes as much as giving them roles.
    await requireStepUp(tx, ctx, "change_sign_in");
    requireLocal(user);
    await tx.user.update({
      where: { id: userId },
      data: { passwordHash: null, forcePasswordChange: false, sessionVersion: { increment: 1 } },
      select: { id: true },
    });
    await endSessions(tx, ctx, { userId, reason: "password_reset" });
    return issuePasswordLink(tx, ctx, user);
  });
}
