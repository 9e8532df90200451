import { tellWorkflow } from "@/lib/adapters/temporal/tell-workflow";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { readServer } from "./read-server";
import type { runApproval } from "./run-approval";
import { readDelivery, settleRest, type Delivery } from "./store";

/**
 * All that is to be told of a request, in its order, to the workflow that leads it, which begins with it where there is none.
 * What Temporal cannot be told now waits in its rows and is sent again.
 */
export async function sendHappenings({ ticketId }: { ticketId: string }): Promise<void> {
  const delivery = await readDelivery(db(), ticketId);
  if (delivery === null || (!delivery.isPending && delivery.words.length === 0)) return;
  const ids = delivery.words.map(({ id }) => id);
  try {
    await send(ticketId, delivery);
    await db().$executeRaw`
      UPDATE approval_happenings SET state = 'sent', attempts = attempts + 1, last_error = NULL,
        next_attempt_at = now() + interval '2 minutes'
      WHERE id = ANY(${ids}) AND settled_at IS NULL`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await db().$executeRaw`
      UPDATE approval_happenings SET attempts = attempts + 1, last_error = ${reason.slice(0, 500)},
        next_attempt_at = now() + make_interval(secs => least(60, power(2, least(attempts, 6)))::float8)
      WHERE id = ANY(${ids}) AND settled_at IS NULL`;
    throw error;
  }
}

async function send(ticketId: string, { isPending, start, words }: Delivery): Promise<void> {
  const server = readServer();
  if (server === null) throw new AppError("INVALID_STATE", { object: "temporal", state: "not configured" });
  const arrived = words.map(({ id, sequence, happening }) => ({ id, sequence, happening }));
  const outcome = await tellWorkflow(server, {
    workflowType: "runApproval",
    workflowId: `shepherd-approval-${ticketId}`,
    args: [{ start, memory: null }] satisfies Parameters<typeof runApproval>,
    signal: arrived,
    mayStart: isPending,
  });
  if (outcome === "gone") await inTransaction((tx) => settleRest(tx, ticketId));
}
