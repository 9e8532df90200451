import { requireStepUp } from "@/lib/access/require-step-up";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { fieldRefused } from "@/lib/core/errors";
import { countAttempt, forgiveAttempt, readAccount, requireOwnSession } from "../store";
import { verifyPassword } from "../verify-password";
import { factorsMax } from "./rules";

/**
 * Adding a factor takes what holds the account so far: its password for the first one, a fresh second factor for more.
 * @throws VALIDATION_FAILED on password or name, RATE_LIMIT_EXCEEDED, MFA_REQUIRED
 */
export async function admitEnrollment(ctx: Context, password: string | undefined): Promise<Person> {
  const person = requireOwnSession(ctx);
  const held = await db().mfaFactor.count({ where: { userId: person.id, confirmedAt: { not: null } } });
  if (held >= factorsMax) throw fieldRefused("name", "too_many", { maximum: factorsMax });
  if (held > 0) await requireStepUp(db(), ctx, "change_sign_in");
  else await requirePassword(ctx, person, password);
  return person;
}

/** A session that was left open or stolen must not be enough to shut its owner out. */
async function requirePassword(ctx: Context, person: Person, password: string | undefined): Promise<void> {
  const account = await readAccount(person.id);
  if (account.passwordHash === null) return;
  if (password === undefined || password === "") throw fieldRefused("password", "required");
  const attempt = { account: account.username, address: ctx.address };
  await countAttempt(attempt);
  if (!(await verifyPassword(password, account.passwordHash)))
    throw fieldRefused("password", "wrong_password");
  await forgiveAttempt(attempt);
}
