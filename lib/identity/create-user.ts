import { assignRoleTo } from "@/lib/access/assign-role";
import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { issuePasswordLink } from "./issue-password-link";
import { requireGoodPassword } from "./require-good-password";
import type { CreateUser, PasswordLink } from "./schema";
import { hashPassword } from "./verify-password";

export interface CreatedUser {
  id: string;
  username: string;
  /** Null where an initial password was given. */
  link: PasswordLink | null;
}

/** @throws VALIDATION_FAILED on username or email when taken, PASSWORD_REFUSED on initialPassword */
export async function createUser(ctx: Context, input: CreateUser): Promise<CreatedUser> {
  const { username, role } = input;
  // Before anything is hashed, which costs more than asking.
  await authorize(db(), ctx, "user:manage");
  const password = await readInitialPassword(input);
  const user = { id: newId(), username, displayName: input.displayName, email: input.email };
  const link = await refuseTaken(user, () =>
    inTransaction(async (tx) => {
      await authorize(tx, ctx, "user:manage");
      const data = { ...user, ...password, createdBy: actorId(ctx.actor) };
      await tx.user.create({ data, select: { id: true } });
      await recordAudit(tx, ctx, {
        action: "user.create",
        resource: { type: "user", id: user.id, name: username },
      });
      if (role !== undefined) await assignRoleTo(tx, ctx, { userId: user.id, ...role });
      return password.passwordHash === null ? issuePasswordLink(tx, ctx, user) : null;
    }),
  );
  return { id: user.id, username, link };
}

/** Hashing takes its time, so it is done before the transaction. */
async function readInitialPassword({ initialPassword, mustChangePassword, ...person }: CreateUser) {
  if (initialPassword === undefined) return { passwordHash: null, forcePasswordChange: false };
  await requireGoodPassword(initialPassword, { ...person, hasSecondFactor: false }, "initialPassword");
  return { passwordHash: await hashPassword(initialPassword), forcePasswordChange: mustChangePassword };
}

/** Turns what the table refuses into the field that caused it. */
export async function refuseTaken<Result>(
  user: { username: string; email: string | null },
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "username"))
      throw fieldRefused("username", "already_exists", { name: user.username });
    if (isUniqueViolation(error, "email"))
      throw fieldRefused("email", "already_exists", { name: user.email });
    throw error;
  }
}
