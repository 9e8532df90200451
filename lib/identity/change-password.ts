import { recordAudit } from "@/lib/core/audit";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import { passwordProblem } from "./rules";
import type { ChangePassword } from "./schema";
import { countAttempt, forgiveAttempt, readAccount, requirePerson, type Account } from "./store";
import { hashPassword, verifyPassword } from "./verify-password";

/**
 * The person's other sessions end with the old password; the one they sit in goes on.
 * @throws VALIDATION_FAILED on currentPassword, PASSWORD_REFUSED on newPassword, RATE_LIMIT_EXCEEDED
 */
export async function changePassword(ctx: Context, input: ChangePassword): Promise<void> {
  const person = requirePerson(ctx);
  const account = await readAccount(person.id);
  await requireCurrentPassword(ctx, account, input.currentPassword);
  if (input.newPassword.normalize("NFC") === input.currentPassword.normalize("NFC"))
    throw refused("password_unchanged");
  await requireGoodPassword(input.newPassword, [account.username, account.displayName]);
  await replacePassword(ctx, person, account, await hashPassword(input.newPassword));
  await forgiveAttempt({ account: account.username, address: ctx.address });
}

/** @throws PASSWORD_REFUSED with the reason on the given field */
export async function requireGoodPassword(
  password: string,
  personWords: readonly string[],
  field = "newPassword",
): Promise<void> {
  const lengthMin = await readSetting(db(), "password.length_min");
  const ownWords = passwordOwnWords(personWords);
  const problem = passwordProblem(password, { lengthMin, ownWords });
  if (problem !== null) throw refused(problem.code, { ...problem.params }, field);
}

/** What an attacker tries first for this person on this portal. */
export function passwordOwnWords(personWords: readonly string[]): string[] {
  const host = publicBaseUrl().hostname.split(".");
  return ["shepherd", "kubevirt", ...host, ...personWords.flatMap((words) => words.split(/[\s._@-]+/))];
}

async function requireCurrentPassword(ctx: Context, account: Account, given: string): Promise<void> {
  await countAttempt({ account: account.username, address: ctx.address });
  if (await verifyPassword(given, account.passwordHash)) return;
  throw fieldRefused("currentPassword", "wrong_password");
}

function refused(code: string, params: Record<string, unknown> = {}, field = "newPassword"): AppError {
  return new AppError("PASSWORD_REFUSED", {}, [{ field, code, params }]);
}

function replacePassword(
  ctx: Context,
  person: Person,
  account: Account,
  passwordHash: string,
): Promise<void> {
  return inTransaction(async (tx) => {
    // The hash that was compared stands in the condition, so of two changes at once one is refused.
    const changed = await tx.user.updateMany({
      where: { id: person.id, passwordHash: account.passwordHash },
      data: { passwordHash, forcePasswordChange: false, sessionVersion: { increment: 1 } },
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
    await recordAudit(tx, ctx, {
      action: "user.password_change",
      resource: { type: "user", id: person.id, name: person.username },
      details: { reason: account.mustChangePassword ? "first_login_forced" : "own_choice" },
    });
  });
}
