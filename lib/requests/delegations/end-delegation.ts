import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { requireOwnSession } from "./require-own-session";
import type { EndDelegation } from "./schema";

/** Whoever gave it takes it back at any moment; what was decided meanwhile stays decided. */
export function endDelegation(ctx: Context, { delegationId }: EndDelegation): Promise<void> {
  return inTransaction(async (tx) => {
    const from = requireOwnSession(ctx);
    const ended = await tx.$queryRaw<{ toUserId: string }[]>`
      UPDATE approval_delegations SET ended_at = now()
      WHERE id = ${delegationId} AND from_user_id = ${from} AND ended_at IS NULL AND ends_at > now()
      RETURNING to_user_id AS "toUserId"`;
    if (ended[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND", { resource: "approval_delegation" });
    await recordAudit(tx, ctx, {
      action: "approval.delegation_end",
      resource: { type: "approval_delegation", id: delegationId },
      parent: { type: "user", id: actorId(ctx.actor) },
      details: { toUserId: ended[0].toUserId },
    });
  });
}
