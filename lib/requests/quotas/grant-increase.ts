import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import type { Ticket } from "../store";
import type { IncreaseQuota, Limits } from "./schema";
import { dimensions } from "@/lib/vocabulary/quota-dimensions";
import { lockUsage, readLimits, writeLimits } from "./store";

/** A step: what was asked for is the limit from now on, unless somebody has given more meanwhile. */
export async function grantIncrease(
  tx: Tx,
  ctx: Context,
  ticket: Ticket,
  asked: IncreaseQuota,
): Promise<void> {
  const room = { systemId: asked.systemId, environment: asked.environment };
  if (room.systemId !== ticket.systemId || room.environment !== ticket.environment)
    throw new AppError("SPEC_CHANGED");
  await lockUsage(tx, room);
  const { revision: _revision, ...before } = await readLimits(tx, room);
  const after = raise(before, asked);
  await writeLimits(tx, room, { limits: after, updatedBy: actorId(ctx.actor) });
  await recordAudit(tx, ctx, {
    action: "quota.increase",
    resource: { type: "system", id: ticket.systemId, name: ticket.systemName },
    environment: room.environment,
    details: { before, after, ticketId: ticket.id },
  });
  await notifyUsers(tx, [ticket.requesterId], {
    kind: "QUOTA_CHANGED",
    ticketId: ticket.id,
    params: { system: ticket.systemName, environment: room.environment },
  });
}

function raise(before: Limits, asked: IncreaseQuota): Limits {
  const raised = dimensions.map((what) => {
    const limit = before[what];
    const wanted = asked[what];
    return [what, limit === null || wanted === undefined ? limit : Math.max(limit, wanted)] as const;
  });
  // Every dimension is in the list.
  return Object.fromEntries(raised) as Limits;
}
