import { findHolder } from "@/lib/console/find-holder";
import { askSeconds, declinedPauseMinutes } from "@/lib/console/rules";
import type { AskedForControl, AskForControl } from "@/lib/console/schema";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { requireConsolePlace } from "./read-console-access";
import { findBasis } from "./request-console";

interface Ask extends AskForControl {
  holderId: string;
  askerId: string;
}

/**
 * Asks whoever has the console for it; asking again before it is answered changes nothing. Only who could connect once
 * it is theirs may ask, and who was told no waits before they ask again.
 * @throws VM_NOT_FOUND, INVALID_STATE, POLICY_DENIED, VALIDATION_FAILED where an approval is missing, RATE_LIMIT_EXCEEDED
 */
export function askForControl(ctx: Context, { vmId, jti }: AskForControl): Promise<AskedForControl> {
  return inTransaction(async (tx) => {
    const askerId = actorId(ctx.actor);
    const vm = await requireConsolePlace(tx, ctx, vmId);
    const holderId = await findHolder(tx, { vmId, jti });
    if (holderId === askerId)
      throw new AppError("INVALID_STATE", { object: "console", state: "own", move: "ask" });
    if ((await findBasis(tx, ctx, { vm, mode: "control" })) === null)
      throw new AppError("VALIDATION_FAILED", { reason: "APPROVAL_REQUIRED" });
    const asked = { vmId, jti, holderId, askerId };
    await requireNoLateRefusal(tx, asked);
    const { isNew, ...ask } = await writeAsk(tx, asked);
    if (isNew) {
      await recordAudit(tx, ctx, {
        action: "vnc.access",
        resource: { type: "vm", id: vmId, name: vm.vmName },
        parent: { type: "system", id: vm.systemId },
        environment: vm.environment,
        details: { phase: "asked", jti, askId: ask.askId, holderId },
      });
    }
    return ask;
  });
}

async function requireNoLateRefusal(tx: Tx, { jti, askerId }: Ask): Promise<void> {
  const [refused] = await tx.$queryRaw<{ retryAfter: number }[]>`
    SELECT ceil(extract(epoch FROM
      max(answered_at) + make_interval(mins => ${declinedPauseMinutes}::int) - clock_timestamp()))::int AS "retryAfter"
    FROM console_asks WHERE jti = ${jti} AND asker_id = ${askerId} AND status = 'declined' HAVING count(*) > 0`;
  if (refused === undefined || refused.retryAfter <= 0) return;
  throw new AppError("RATE_LIMIT_EXCEEDED", { retryAfter: refused.retryAfter });
}

async function writeAsk(
  tx: Tx,
  { vmId, jti, holderId, askerId }: Ask,
): Promise<AskedForControl & { isNew: boolean }> {
  // One that ran out is answered by nobody any more, whether or not it was swept already.
  await tx.$executeRaw`
    UPDATE console_asks SET status = 'expired'
    WHERE jti = ${jti} AND asker_id = ${askerId} AND status = 'asked' AND expires_at <= clock_timestamp()`;
  const [asked] = await tx.$queryRaw<(AskedForControl & { isNew: boolean })[]>`
    INSERT INTO console_asks (id, vm_id, jti, holder_id, asker_id, expires_at)
    VALUES (${newId()}, ${vmId}, ${jti}, ${holderId}, ${askerId},
      clock_timestamp() + make_interval(secs => ${askSeconds}))
    ON CONFLICT (jti, asker_id) WHERE status = 'asked' DO UPDATE SET asker_id = EXCLUDED.asker_id
    RETURNING id AS "askId", expires_at AS "expiresAt", xmax = 0 AS "isNew"`;
  if (asked === undefined) throw new Error("a question was written without an answer");
  return asked;
}
