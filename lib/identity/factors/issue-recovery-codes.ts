import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { requireOwnSession } from "../store";
import { lockFactors, replaceRecoveryCodes } from "./store";

/**
 * New recovery codes; the older ones end, used or not.
 * @throws RESOURCE_NOT_FOUND without any factor, MFA_REQUIRED
 */
export function issueRecoveryCodes(ctx: Context): Promise<{ recoveryCodes: string[] }> {
  return inTransaction(async (tx) => {
    const person = requireOwnSession(ctx);
    const factors = await lockFactors(tx, person.id);
    if (factors.length === 0) throw new AppError("RESOURCE_NOT_FOUND", { type: "factor" });
    await requireStepUp(tx, ctx, "change_sign_in");
    const recoveryCodes = await replaceRecoveryCodes(tx, person.id);
    await recordAudit(tx, ctx, {
      action: "user.recovery_codes",
      resource: { type: "user", id: person.id, name: person.username },
      details: { issued: recoveryCodes.length },
    });
    return { recoveryCodes };
  });
}
