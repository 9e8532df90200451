import { recordAudit } from "@/lib/core/audit";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { hashLink } from "./issue-password-link";
import { readPasswordRules, requireGoodPassword } from "./require-good-password";
import { endSessions } from "./revoke-session";
import type { PasswordLinkFacts, SetPasswordByLink } from "./schema";
import { countRefusal, forgiveAttempt, readAccount, type Account } from "./store";
import { hashPassword } from "./verify-password";

/**
 * Whoever holds the link sets the password, once; every session of the account ends.
 * @throws LINK_REFUSED, PASSWORD_REFUSED on newPassword, RATE_LIMIT_EXCEEDED
 */
export async function setPasswordByLink(ctx: Context, input: SetPasswordByLink): Promise<void> {
  const link = await requireOpenLink(ctx, input.token);
  const { standsAlone } = await requireGoodPassword(input.newPassword, link.account);
  const passwordHash = await hashPassword(input.newPassword);
  await inTransaction(async (tx) => {
    await useLink(tx, ctx, link);
    const owner = { ...ctx, actor: asActor(link.account) };
    await tx.user.update({
      where: { id: link.account.id },
      data: {
        passwordHash,
        passwordStandsAlone: standsAlone,
        forcePasswordChange: false,
        sessionVersion: { increment: 1 },
      },
      select: { id: true },
    });
    await endSessions(tx, owner, { userId: link.account.id, reason: "password_changed" });
    await recordAudit(tx, owner, {
      action: "user.password_change",
      resource: { type: "user", id: link.account.id, name: link.account.username },
      details: { reason: "link" },
    });
  });
  await forgiveAttempt({ account: link.account.username, address: null });
}

/** What the page behind the link shows before anything is typed. @throws LINK_REFUSED, RATE_LIMIT_EXCEEDED */
export async function readPasswordLink(
  ctx: Context,
  { token }: { token: string },
): Promise<PasswordLinkFacts> {
  const { account, expiresAt } = await requireOpenLink(ctx, token);
  return { username: account.username, expiresAt, ...(await readPasswordRules(account)) };
}

interface OpenLink {
  id: string;
  expiresAt: Date;
  account: Account;
}

/** Unknown, used and out of date are all the same from outside. */
async function requireOpenLink(ctx: Context, token: string): Promise<OpenLink> {
  const link = await db().passwordLink.findFirst({
    where: {
      hash: hashLink(token),
      usedAt: null,
      expiresAt: { gt: ctx.now },
      user: { enabled: true, authType: "local" },
    },
    select: { id: true, expiresAt: true, userId: true },
  });
  if (link === null) {
    await countRefusal("link", ctx.address);
    throw new AppError("LINK_REFUSED");
  }
  return { id: link.id, expiresAt: link.expiresAt, account: await readAccount(link.userId) };
}

/** Of many at once one gets it. */
async function useLink(tx: Tx, ctx: Context, { id, account }: OpenLink): Promise<void> {
  const used = await tx.passwordLink.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: ctx.now }, user: { enabled: true } },
    data: { usedAt: ctx.now },
  });
  if (used.count === 0) throw new AppError("LINK_REFUSED");
  await tx.passwordLink.deleteMany({ where: { userId: account.id, usedAt: null } });
}

/** The link stands for its owner, whoever else this browser is signed in as. */
function asActor({ id, username, displayName, hasSecondFactor }: Account): Person {
  return {
    kind: "person",
    id,
    username,
    displayName,
    hasSecondFactor,
    sessionId: "none",
    pendingStep: null,
    mfaAt: null,
    token: null,
    viewedBy: null,
  };
}
