import { createHash } from "node:crypto";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { Permission } from "@/lib/vocabulary/permissions";
import { readBearerToken } from "./rules";
import { countRefusal } from "./store";

/** Last use is written at most this often. */
const touchAfterMs = 60_000;

interface TokenRow {
  id: string;
  userId: string;
  username: string;
  displayName: string;
  permissions: Permission[];
  isRestricted: boolean;
  environments: string[];
  elevated: boolean;
  lastUsedAt: Date | null;
}

/**
 * Whom an Authorization header stands for; null when its token is unknown, has ended, or its owner is disabled. A token
 * never waits for a sign-in step: its owner proved what was needed when it was issued.
 * @throws RATE_LIMIT_EXCEEDED for an address from which many came that stood for nobody
 */
export async function checkToken(ctx: Context, authorization: string): Promise<Person | null> {
  const row = await findToken(ctx, readBearerToken(authorization));
  if (row === null) {
    await countRefusal("token", ctx.address);
    return null;
  }
  const usedMs = row.lastUsedAt?.getTime() ?? 0;
  if (ctx.now.getTime() - usedMs > touchAfterMs) await touch(ctx, row.id);
  return toPerson(row);
}

async function findToken(ctx: Context, token: string | null): Promise<TokenRow | null> {
  if (token === null) return null;
  const [row] = await db().$queryRaw<TokenRow[]>`
    SELECT k.id, u.id AS "userId", u.username, u.display_name AS "displayName", k.permissions,
      k.is_restricted AS "isRestricted", k.environments, k.elevated, k.last_used_at AS "lastUsedAt"
    FROM api_tokens k JOIN users u ON u.id = k.user_id
    WHERE k.hash = ${hashToken(token)} AND u.enabled AND k.revoked_at IS NULL AND k.expires_at > ${ctx.now}::timestamptz`;
  return row ?? null;
}

async function touch(ctx: Context, tokenId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE api_tokens SET last_used_at = ${ctx.now}::timestamptz, last_used_ip = ${ctx.address}
    WHERE id = ${tokenId} AND (last_used_at IS NULL OR last_used_at < ${ctx.now}::timestamptz)`;
}

export async function isTokenLive(ctx: Context, tokenId: string): Promise<boolean> {
  const token = await db().apiToken.findFirst({
    where: { id: tokenId, revokedAt: null, expiresAt: { gt: ctx.now }, user: { enabled: true } },
    select: { id: true },
  });
  return token !== null;
}

/** Tokens are random enough that a plain hash cannot be guessed back. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function toPerson(row: TokenRow): Person {
  return {
    kind: "person",
    id: row.userId,
    username: row.username,
    displayName: row.displayName,
    sessionId: row.id,
    pendingStep: null,
    hasSecondFactor: false,
    mfaAt: null,
    token: {
      permissions: row.isRestricted ? row.permissions : null,
      environments: row.environments.length === 0 ? null : row.environments,
      elevated: row.elevated,
    },
    viewedBy: null,
  };
}
