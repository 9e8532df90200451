import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { requireOwnSession } from "./require-own-session";
import type { CreateDelegation } from "./schema";

/**
 * Somebody else decides in one's place for a while. It gives nothing but one's own word: whoever stands in still never
 * decides what they asked for themselves, and nobody passes it on.
 */
export function createDelegation(ctx: Context, input: CreateDelegation): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const from = requireOwnSession(ctx);
    const to = await findStandIn(tx, input.to, from);
    if (input.endsAt <= ctx.now) throw fieldRefused("endsAt", "in_the_past");
    await requireEnvironments(tx, input.environments);
    const id = newId();
    const { startsAt, endsAt, reason, environments } = input;
    await tx.approvalDelegation.create({
      data: { id, fromUserId: from, toUserId: to.id, startsAt, endsAt, reason, environments },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "approval.delegate",
      resource: { type: "approval_delegation", id, name: to.username },
      parent: { type: "user", id: actorId(ctx.actor) },
      details: {
        from: shownName(ctx.actor),
        toUserId: to.id,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        environments,
        reason,
      },
    });
    return { id };
  });
}

async function findStandIn(
  tx: Tx,
  username: string,
  from: string,
): Promise<{ id: string; username: string }> {
  const found = await tx.user.findFirst({
    where: { username, enabled: true, authType: { not: "service" } },
    select: { id: true, username: true },
  });
  if (found === null) throw fieldRefused("to", "not_found");
  if (found.id === from) throw fieldRefused("to", "not_yourself");
  return found;
}

async function requireEnvironments(tx: Tx, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const known = await tx.environment.count({ where: { name: { in: [...names] } } });
  if (known < new Set(names).size) throw fieldRefused("environments", "not_found");
}
