import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { UserInput } from "./schema";
import { lockManagedUser } from "./store";

/** The person may sign in again; sessions that ended stay ended. */
export function enableUser(ctx: Context, { userId }: UserInput): Promise<void> {
  return inTransaction(async (tx) => {
    const user = await lockManagedUser(tx, ctx, userId);
    if (user.enabled) return;
    await tx.user.update({
      where: { id: userId },
      data: { enabled: true, disabledAt: null },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "user.enable",
      resource: { type: "user", id: userId, name: user.username },
    });
  });
}
