import type { Prisma } from "@/prisma/generated/client";
import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import type { StoredSchema } from "./stored/schema";

/** Longer than one fetch may take: who holds the attempt has answered by then, or is dead. */
const attemptSeconds = 45;

/** A step: takes the next attempt at this minor, if it is due and nobody has its fields. */
export async function claimAttempt(tx: Tx, minor: string): Promise<number | null> {
  const rows = await tx.$queryRaw<{ attempts: number }[]>`
    INSERT INTO schema_cache AS c (minor, attempts, next_attempt_at)
    VALUES (${minor}, 1, now() + make_interval(secs => ${attemptSeconds}))
    ON CONFLICT (minor) DO UPDATE SET attempts = c.attempts + 1, next_attempt_at = EXCLUDED.next_attempt_at
      WHERE c.fields IS NULL AND (c.next_attempt_at IS NULL OR c.next_attempt_at <= now())
    RETURNING attempts`;
  return rows[0]?.attempts ?? null;
}

/** A step: the first answer stays for good, since a minor's fields never change. */
export async function keepFields(
  tx: Tx,
  ctx: Context,
  { minor, clusterId, fields }: { minor: string; clusterId: string; fields: StoredSchema },
): Promise<boolean> {
  // Plain data that was parsed a moment ago, which is JSON.
  const json = fields as unknown as Prisma.InputJsonValue;
  const { count } = await tx.schemaCache.updateMany({
    where: { minor, fetchedAt: null },
    data: {
      fields: json,
      source: "remote",
      sourceClusterId: clusterId,
      fetchedAt: ctx.now,
      lastError: null,
      nextAttemptAt: null,
    },
  });
  return count === 1;
}

/** A step: what went wrong, and when to try again. */
export async function recordFailure(
  tx: Tx,
  { minor, words, waitSeconds }: { minor: string; words: string; waitSeconds: number },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE schema_cache
    SET last_error = ${words}, next_attempt_at = now() + make_interval(secs => ${waitSeconds})
    WHERE minor = ${minor} AND fields IS NULL`;
}

/** A step: whatever was waited for, the minor is due now, with its quick attempts before it again. */
export async function makeDue(tx: Tx, minor: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE schema_cache SET attempts = 0, next_attempt_at = now() WHERE minor = ${minor} AND fields IS NULL
      AND attempts > 0 AND last_error IS NOT NULL`;
}
