import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { refuseTaken } from "./create-user";
import type { UpdateUser } from "./schema";
import { lockManagedUser } from "./store";

/** @throws VALIDATION_FAILED on email when taken, INVALID_STATE where a sign-in provider says what people are called */
export async function updateUser(ctx: Context, { userId, ...changes }: UpdateUser): Promise<void> {
  await refuseTaken({ username: "", email: changes.email ?? null }, () =>
    inTransaction(async (tx) => {
      const user = await lockManagedUser(tx, ctx, userId);
      if (!["local", "service"].includes(user.authType))
        throw new AppError("INVALID_STATE", { object: "external_account" });
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      if (given.length === 0) return;
      await tx.user.update({ where: { id: userId }, data: Object.fromEntries(given), select: { id: true } });
      await recordAudit(tx, ctx, {
        action: "user.update",
        resource: { type: "user", id: userId, name: user.username },
        details: { changed: given.map(([member]) => member) },
      });
    }),
  );
}
