import { assignRoleTo } from "@/lib/access/assign-role";
import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { requireGoodPassword } from "./change-password";
import type { CreateUser } from "./schema";
import { hashPassword } from "./verify-password";

/** @throws VALIDATION_FAILED on username or email when taken, PASSWORD_REFUSED on initialPassword */
export async function createUser(ctx: Context, input: CreateUser): Promise<{ id: string; username: string }> {
  const { username, displayName, email, role } = input;
  await requireGoodPassword(input.initialPassword, [username, displayName], "initialPassword");
  const passwordHash = await hashPassword(input.initialPassword);
  const id = newId();
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "user:manage");
      const row = {
        id,
        username,
        displayName,
        email,
        passwordHash,
        forcePasswordChange: input.mustChangePassword,
      };
      await tx.user.create({ data: row, select: { id: true } });
      await recordAudit(tx, ctx, { action: "user.create", resource: { type: "user", id, name: username } });
      if (role !== undefined) await assignRoleTo(tx, ctx, { userId: id, ...role });
    });
  } catch (error) {
    if (isUniqueViolation(error, "username"))
      throw fieldRefused("username", "already_exists", { name: username });
    if (isUniqueViolation(error, "email")) throw fieldRefused("email", "already_exists", { name: email });
    throw error;
  }
  return { id, username };
}
