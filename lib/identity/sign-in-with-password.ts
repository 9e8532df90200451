import { recordAudit } from "@/lib/core/audit";
import type { Context, Person } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { readSessionPerson } from "./check-session";
import type { SignIn } from "./schema";
import { startSession } from "./start-session";
import { countAttempt, findAccount, forgiveAttempt, type Account } from "./store";
import { verifyPassword } from "./verify-password";

export interface SignedIn {
  person: Person;
  expiresAt: Date;
}

/**
 * Every wrong try looks the same from outside and takes the same time, whether the account exists or not.
 * @throws LOGIN_FAILED, RATE_LIMIT_EXCEEDED
 */
export async function signInWithPassword(asked: Context, { username, password }: SignIn): Promise<SignedIn> {
  // Whoever signs in is nobody yet, also where this browser is signed in as somebody.
  const ctx: Context = { ...asked, actor: { kind: "anonymous" } };
  const attempt = { account: username, address: ctx.address };
  await countAttempt(attempt);
  const account = await findAccount(username);
  const isRight = await verifyPassword(password, account?.passwordHash ?? null);
  if (account === null || !isRight || !account.enabled) {
    await recordFailure(ctx);
    throw new AppError("LOGIN_FAILED");
  }
  const signedIn = await letIn(ctx, account);
  await forgiveAttempt(attempt);
  return signedIn;
}

/** The record does not say whose account was tried: people type their password into the wrong field (spec §5.2). */
async function recordFailure(ctx: Context): Promise<void> {
  await inTransaction((tx) =>
    recordAudit(tx, ctx, {
      action: "user.login_failed",
      outcome: "failure",
      resource: { type: "session", id: "none" },
    }),
  );
}

function letIn(ctx: Context, account: Account): Promise<SignedIn> {
  return inTransaction(async (tx) => {
    const { id, sessionVersion, username } = account;
    const session = await startSession(tx, ctx, { userId: id, sessionVersion, provider: "local" });
    await tx.user.update({ where: { id }, data: { lastLoginAt: ctx.now }, select: { id: true } });
    const person = await readSessionPerson(tx, ctx, session.id);
    await recordAudit(
      tx,
      { ...ctx, actor: person },
      {
        action: "user.login",
        resource: { type: "user", id, name: username },
        details: { provider: "local" },
      },
    );
    return { person, expiresAt: session.expiresAt };
  });
}
