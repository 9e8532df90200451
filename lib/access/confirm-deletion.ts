import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { afterRollback, type Tx } from "@/lib/core/transaction";

const failuresMax = 3;
const windowSeconds = 300;

interface Confirmation {
  entity: { type: string; id: string; name: string };
  environment?: string;
  /** What the person typed, or whether they ticked; undefined means they were not asked yet. */
  provided: string | boolean | undefined;
}

/**
 * A deletion is confirmed by typing the name or, where that is enough, by a plain yes. Failed tries are counted once
 * the transaction is undone, or the refusal would undo the count (spec §5.15).
 * @throws DELETE_CONFIRMATION_REQUIRED, CONFIRMATION_NAME_MISMATCH, RATE_LIMIT_EXCEEDED after three in five minutes
 */
export async function confirmDeletion(
  tx: Tx,
  ctx: Context,
  { entity, environment, provided }: Confirmation,
): Promise<void> {
  if (provided === undefined || provided === false) {
    throw new AppError("DELETE_CONFIRMATION_REQUIRED", {
      entity: entity.type,
      entityId: entity.id,
      entityName: entity.name,
      environment: environment ?? null,
    });
  }
  await refuseAfterManyFailures(tx, ctx);
  if (provided === true || provided === entity.name) return;
  const refusal = new AppError("CONFIRMATION_NAME_MISMATCH", { expected: entity.name, provided });
  throw afterRollback(refusal, () => recordFailure(ctx));
}

async function recordFailure(ctx: Context): Promise<void> {
  await db().deleteConfirmationAttempt.create({
    data: { id: newId(), userId: actorId(ctx.actor) },
    select: { id: true },
  });
}

async function refuseAfterManyFailures(tx: Tx, ctx: Context): Promise<void> {
  const [failed] = await tx.$queryRaw<{ count: number; oldest: number | null }[]>`
    SELECT count(*)::int AS count, extract(epoch FROM now() - min(at))::float8 AS oldest
    FROM delete_confirmation_attempts
    WHERE user_id = ${actorId(ctx.actor)} AND at > now() - make_interval(secs => ${windowSeconds})`;
  if (failed === undefined || failed.count < failuresMax) return;
  throw new AppError("RATE_LIMIT_EXCEEDED", {
    limitType: "user",
    limit: "attempts",
    currentValue: failed.count,
    maxValue: failuresMax,
    retryAfter: Math.max(1, Math.ceil(windowSeconds - (failed.oldest ?? 0))),
    contactAdmin: false,
  });
}
