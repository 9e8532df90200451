import { assignRoleTo } from "@/lib/access/assign-role";
import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { refuseTaken } from "./create-user";
import type { CreateServiceAccount } from "./schema";

/** An account for a program: it has roles and tokens like a person, and no way to sign in. */
export async function createServiceAccount(
  ctx: Context,
  { username, displayName, role }: CreateServiceAccount,
): Promise<{ id: string; username: string }> {
  const id = newId();
  await refuseTaken({ username, email: null }, () =>
    inTransaction(async (tx) => {
      await authorize(tx, ctx, "user:manage");
      await tx.user.create({
        data: { id, username, displayName, authType: "service", createdBy: actorId(ctx.actor) },
        select: { id: true },
      });
      await recordAudit(tx, ctx, {
        action: "user.create",
        resource: { type: "user", id, name: username },
        details: { authType: "service" },
      });
      if (role !== undefined) await assignRoleTo(tx, ctx, { userId: id, ...role });
    }),
  );
  return { id, username };
}
