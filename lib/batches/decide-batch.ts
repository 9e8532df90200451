import type { Context } from "@/lib/core/context";
import { approveRequest } from "@/lib/requests/approve-request";
import { rejectRequest } from "@/lib/requests/reject-request";
import { listDecidable } from "./queries";
import { changeEach } from "./change-each";
import type { Affected, DecideBatch } from "./schema";

/**
 * The parent's decision is one for every child that waits, each checked and decided alone (spec §5.17): whoever may see
 * some of them decides those.
 */
export async function decideBatch(
  ctx: Context,
  { batchId, verdict, reason }: DecideBatch,
): Promise<Affected> {
  const { status, ticketIds } = await listDecidable(ctx, batchId);
  return changeEach({ batchId, state: status, move: verdict, ticketIds }, (ticketId) =>
    verdict === "approve"
      ? approveRequest(ctx, { ticketId, ...(reason === "" ? {} : { comment: reason }) })
      : rejectRequest(ctx, { ticketId, reason }),
  );
}
