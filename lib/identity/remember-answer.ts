import { createHmac } from "node:crypto";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { canonicalJson } from "@/lib/core/ids";
import { masterKey } from "@/lib/core/keyring";
import type { Prisma } from "@/prisma/generated/client";

/** A first answer that never came, because its process died, blocks its key no longer than this. */
const abandonedAfterSeconds = 60;

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** A request under a key its sender chose, so that sending it twice does it once (spec §6). */
export interface KeyedRequest {
  key: string;
  method: string;
  path: string;
  body: unknown;
}

/**
 * Gives the first answer again to a request that was answered before; otherwise answers and remembers it.
 * A refusal is not remembered: the same request may succeed later.
 * @throws IDEMPOTENCY_MISMATCH another request came under this key, CONFLICT the first one is still being answered
 */
export async function rememberAnswer(
  ctx: Context,
  request: KeyedRequest,
  answer: () => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> {
  const userId = ctx.actor.kind === "person" ? ctx.actor.id : "";
  // A token is answered only what was answered to that token: it may carry less than its owner.
  const tokenId = ctx.actor.kind === "person" && ctx.actor.token !== null ? ctx.actor.sessionId : null;
  const requestHash = await hashRequest([request.method, request.path, request.body, tokenId]);
  const remembered = await claimKey(ctx, { userId, key: request.key, requestHash });
  if (remembered !== null) return { ...remembered, replayed: true };
  try {
    const given = await answer();
    await storeAnswer(userId, request.key, given);
    return { ...given, replayed: false };
  } catch (error) {
    await db().idempotencyKey.deleteMany({ where: { userId, key: request.key, status: null } });
    throw error;
  }
}

/** Keyed, because a body may hold a password, and a plain hash of one can be guessed back. */
async function hashRequest(request: unknown[]): Promise<string> {
  return createHmac("sha256", await masterKey("web"))
    .update(canonicalJson(request))
    .digest("hex");
}

interface Claim {
  userId: string;
  key: string;
  requestHash: string;
}

async function claimKey(ctx: Context, claim: Claim): Promise<Answer | null> {
  const claimed = await db().$executeRaw`
    INSERT INTO idempotency_keys (user_id, key, request_hash, created_at)
    VALUES (${claim.userId}, ${claim.key}, ${claim.requestHash}, now())
    ON CONFLICT (user_id, key) DO UPDATE SET created_at = now()
    WHERE idempotency_keys.status IS NULL AND idempotency_keys.request_hash = excluded.request_hash
      AND idempotency_keys.created_at < now() - make_interval(secs => ${abandonedAfterSeconds})`;
  if (claimed === 1) return null;
  const row = await db().idempotencyKey.findUnique({
    where: { userId_key: { userId: claim.userId, key: claim.key } },
    select: { requestHash: true, status: true, body: true },
  });
  if (row === null) return claimKey(ctx, claim);
  if (row.requestHash !== claim.requestHash) throw new AppError("IDEMPOTENCY_MISMATCH", { key: claim.key });
  if (row.status === null) throw new AppError("CONFLICT", { problem: "in_progress", retryAfter: 1 });
  // Only storeAnswer writes this column.
  const stored = row.body as unknown as Pick<Answer, "headers" | "body">;
  return { status: row.status, headers: stored.headers, body: stored.body };
}

async function storeAnswer(userId: string, key: string, { status, headers, body }: Answer): Promise<void> {
  // A cookie is a secret for one use and is never given twice.
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !/^set-cookie$/i.test(name)));
  await db().idempotencyKey.update({
    where: { userId_key: { userId, key } },
    // Answers have passed the route's output schema and are JSON.
    data: { status, body: { headers: kept, body: withoutSecrets(body) } as Prisma.InputJsonObject },
    select: { key: true },
  });
}

const secretMembers = ["token", "secret", "uri", "recovery_codes", "password"];
const givenOnce = "given once";

/** What is shown once is kept nowhere: whoever asks again learns that it was done, and not what came of it. */
function withoutSecrets(value: unknown): unknown {
  // A link to set a password ends in its secret.
  if (typeof value === "string") return value.replace(/(?<=\/set-password#).*$/, givenOnce);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value).map(([key, member]) => [
    key,
    secretMembers.includes(key) && member !== null ? givenOnce : withoutSecrets(member),
  ]);
  return Object.fromEntries(members);
}
