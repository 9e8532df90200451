import { createHash } from "node:crypto";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readSetting } from "@/lib/settings/read-setting";

const windowSeconds = 15 * 60;

export interface Account {
  id: string;
  username: string;
  displayName: string;
  passwordHash: string | null;
  enabled: boolean;
  mustChangePassword: boolean;
  sessionVersion: number;
}

export async function findAccount(username: string): Promise<Account | null> {
  const user = await db().user.findUnique({
    where: { username: username.toLowerCase() },
    select: accountColumns,
  });
  return user === null ? null : toAccount(user);
}

export async function readAccount(userId: string): Promise<Account> {
  return toAccount(await db().user.findUniqueOrThrow({ where: { id: userId }, select: accountColumns }));
}

const accountColumns = {
  id: true,
  username: true,
  displayName: true,
  passwordHash: true,
  enabled: true,
  forcePasswordChange: true,
  sessionVersion: true,
} as const;

function toAccount<Row extends { forcePasswordChange: boolean }>({ forcePasswordChange, ...rest }: Row) {
  return { ...rest, mustChangePassword: forcePasswordChange };
}

interface Attempt {
  account: string;
  address: string | null;
}

/**
 * Counts a try before its password is looked at, so that many at once cannot slip under the limit. The window starts
 * with the first try and ends after a quarter of an hour, whatever happens in between: nobody is locked out for good.
 * @throws RATE_LIMIT_EXCEEDED
 */
export async function countAttempt(attempt: Attempt): Promise<void> {
  const [perAccount, perAddress] = await Promise.all([
    readSetting(db(), "login.failures_per_account"),
    readSetting(db(), "login.failures_per_address"),
  ]);
  await count("login_account", attempt.account, perAccount);
  if (attempt.address !== null) await count("login_address", attempt.address, perAddress);
}

/** A try that succeeded was no failure. */
export async function forgiveAttempt({ account, address }: Attempt): Promise<void> {
  await db().rateLimitCounter.deleteMany({ where: { key: hashKey(account), limitType: "login_account" } });
  if (address === null) return;
  await db().$executeRaw`
    UPDATE rate_limit_counters SET value = greatest(value - 1, 0)
    WHERE key = ${hashKey(address)} AND limit_type = 'login_address'`;
}

async function count(limitType: string, key: string, limit: number): Promise<void> {
  const [counter] = await db().$queryRaw<{ value: number; retryAfter: number }[]>`
    INSERT INTO rate_limit_counters AS c (key, limit_type, value, window_start)
    VALUES (${hashKey(key)}, ${limitType}, 1, now())
    ON CONFLICT (key, limit_type) DO UPDATE SET
      value = CASE WHEN c.window_start < now() - make_interval(secs => ${windowSeconds}) THEN 1 ELSE c.value + 1 END,
      window_start = CASE WHEN c.window_start < now() - make_interval(secs => ${windowSeconds})
        THEN now() ELSE c.window_start END
    RETURNING value, ceil(extract(epoch FROM window_start - now()) + ${windowSeconds})::int AS "retryAfter"`;
  if (counter === undefined || counter.value <= limit) return;
  throw new AppError("RATE_LIMIT_EXCEEDED", {
    limitType: "user",
    currentValue: counter.value,
    maxValue: limit,
    retryAfter: Math.max(1, counter.retryAfter),
    contactAdmin: false,
  });
}

/** Counters name neither accounts nor addresses. */
function hashKey(key: string): string {
  return createHash("sha256").update(key.toLowerCase()).digest("hex");
}

/** The signed-in person's id; use cases that concern oneself ask for nothing more. */
export function requirePerson(ctx: Context) {
  if (ctx.actor.kind !== "person") throw new AppError("UNAUTHORIZED");
  return ctx.actor;
}
