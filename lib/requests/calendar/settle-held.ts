import { Prisma } from "@/prisma/generated/client";
import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { openingOf } from "./start-or-hold";
import { readCalendarFacts } from "./store";

const heldMax = 1_000;

/**
 * A step: the calendar has changed, so whatever waits gets its hour anew; what may begin now is due at once.
 * @returns how many wait
 */
export async function settleHeld(tx: Tx, ctx: Context, environment: string | null): Promise<number> {
  const held = await tx.approvalTicket.findMany({
    where: { status: "APPROVED", heldUntil: { not: null }, ...(environment === null ? {} : { environment }) },
    orderBy: { heldUntil: "asc" },
    take: heldMax,
  });
  const readOnce = readEachOnce();
  let waiting = 0;
  for (const ticket of held) {
    const opening = await openingOf(tx, ctx, ticket, readOnce);
    if (opening?.reason != null) waiting += 1;
    if (opening?.at.getTime() === ticket.heldUntil?.getTime()) continue;
    await tx.approvalTicket.updateMany({
      // A worker that has just started it keeps its word.
      where: { id: ticket.id, status: "APPROVED", heldUntil: ticket.heldUntil },
      data: {
        heldUntil: opening?.at ?? ctx.now,
        holdReason: opening?.reason == null ? Prisma.DbNull : { ...opening.reason },
      },
    });
  }
  return waiting;
}

/** Many wait in few environments. */
function readEachOnce(): typeof readCalendarFacts {
  const known = new Map<string, ReturnType<typeof readCalendarFacts>>();
  return (tx, asked) => {
    const facts = known.get(asked.environment) ?? readCalendarFacts(tx, asked);
    known.set(asked.environment, facts);
    return facts;
  };
}
