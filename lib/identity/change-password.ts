import { recordAudit } from "@/lib/core/audit";
import type { Context, Person } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { passwordRefused, requireGoodPassword } from "./require-good-password";
import type { ChangePassword } from "./schema";
import { countAttempt, forgiveAttempt, readAccount, requireOwnSession, type Account } from "./store";
import { hashPassword, verifyPassword } from "./verify-password";

/**
 * The person's other sessions end with the old password; the one they sit in goes on.
 * @throws VALIDATION_FAILED on currentPassword, PASSWORD_REFUSED on newPassword, RATE_LIMIT_EXCEEDED
 */
export async function changePassword(ctx: Context, input: ChangePassword): Promise<void> {
  const person = requireOwnSession(ctx);
  const account = await readAccount(person.id);
  await requireCurrentPassword(ctx, account, input.currentPassword);
  if (input.newPassword.normalize("NFC") === input.currentPassword.normalize("NFC"))
    throw passwordRefused("password_unchanged");
  const { standsAlone } = await requireGoodPassword(input.newPassword, account);
  const passwordHash = await hashPassword(input.newPassword);
  await replacePassword(ctx, { person, account, passwordHash, standsAlone });
}

async function requireCurrentPassword(ctx: Context, account: Account, given: string): Promise<void> {
  // Somebody whom a provider signs in has their password there.
  if (account.passwordHash === null) throw new AppError("INVALID_STATE", { object: "external_account" });
  await countAttempt({ account: account.username, address: ctx.address });
  // A right password is no failed try, whatever comes of the new one.
  if (await verifyPassword(given, account.passwordHash))
    return forgiveAttempt({ account: account.username, address: ctx.address });
  throw fieldRefused("currentPassword", "wrong_password");
}

interface Replacement {
  person: Person;
  account: Account;
  passwordHash: string;
  standsAlone: boolean;
}

function replacePassword(
  ctx: Context,
  { person, account, passwordHash, standsAlone }: Replacement,
): Promise<void> {
  return inTransaction(async (tx) => {
    // The hash that was compared stands in the condition, so of two changes at once one is refused.
    const changed = await tx.user.updateMany({
      where: { id: person.id, passwordHash: account.passwordHash },
      data: {
        passwordHash,
        passwordStandsAlone: standsAlone,
        forcePasswordChange: false,
        sessionVersion: { increment: 1 },
      },
    });
    if (changed.count === 0) throw new AppError("CONFLICT", { problem: "changed_meanwhile" });
    await tx.userSession.updateMany({
      where: { id: person.sessionId },
      data: { sessionVersion: account.sessionVersion + 1 },
    });
    await tx.userSession.updateMany({
      where: { userId: person.id, id: { not: person.sessionId }, revokedAt: null },
      data: { revokedAt: ctx.now, revokedBy: person.id, revokedReason: "password_changed" },
    });
    await tx.passwordLink.deleteMany({ where: { userId: person.id, usedAt: null } });
    await recordAudit(tx, ctx, {
      action: "user.password_change",
      resource: { type: "user", id: person.id, name: person.username },
      details: { reason: account.mustChangePassword ? "first_login_forced" : "own_choice" },
    });
  });
}
