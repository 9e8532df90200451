import { actorId, shownName, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { checkAtCluster, completeApproval } from "./complete-approval";
import type { ApproveRequest } from "./schema";
import { requireApprover, unknownTicket } from "./require-decider";
import { lockTicket, requireVersion } from "./store";

/**
 * The order of spec §5.11: who may decide, what fits, the cluster's own dry run, then one transaction. The dry run comes
 * before the transaction because it waits for a cluster; all else is checked again inside.
 * @throws SELF_APPROVAL_FORBIDDEN, MFA_REQUIRED for production, CONFLICT (seen version), INVALID_STATE, CLUSTER_NOT_PLACEABLE,
 *   and what the check at the cluster refuses
 */
export async function approveRequest(ctx: Context, input: ApproveRequest): Promise<void> {
  const seen = await db().approvalTicket.findUnique({ where: { id: input.ticketId } });
  if (seen === null) throw unknownTicket();
  await requireApprover(db(), ctx, seen);
  requireVersion(seen, input.version);
  const dryRun = await checkAtCluster(ctx, seen, input);
  await inTransaction(async (tx) => {
    const ticket = await lockTicket(tx, input.ticketId);
    await requireApprover(tx, ctx, ticket);
    requireVersion(ticket, input.version);
    const approver = { id: actorId(ctx.actor), name: shownName(ctx.actor) };
    await completeApproval(tx, ctx, { ticket, choices: input, approver, dryRun });
  });
}
