import { requireStepUp } from "@/lib/access/require-step-up";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { approveRequest } from "../approve-request";
import { decideEach } from "./decide-each";
import type { ApproveMany, ManyResults } from "./schema";

/**
 * Up to twenty requests approved as they were asked for, each checked and decided alone. A fresh second factor is asked
 * for once, before any of them.
 */
export async function approveMany(ctx: Context, { items, comment }: ApproveMany): Promise<ManyResults> {
  const production = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM approval_tickets k JOIN environments e ON e.name = k.environment
    WHERE k.id = ANY(${items.map(({ ticketId }) => ticketId)}) AND e.class <> 'test' LIMIT 1`;
  if (production.length > 0) await requireStepUp(db(), ctx, "approve_in_production");
  return decideEach(items, (item) => approveRequest(ctx, { ...item, ...(comment ? { comment } : {}) }));
}
