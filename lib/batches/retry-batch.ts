import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { retryRequest } from "@/lib/requests/retry-request";
import { changeEach } from "./change-each";
import type { Affected } from "./schema";
import { requireOwnBatch, listChildIds } from "./store";

/** What failed is done again, each child on its own; what was rejected or withdrawn stays so (spec §5.17). */
export async function retryBatch(ctx: Context, { batchId }: { batchId: string }): Promise<Affected> {
  const batch = await requireOwnBatch(db(), ctx, batchId);
  const failed = await listChildIds(db(), batchId, ["FAILED"]);
  return changeEach({ batchId, state: batch.status, move: "retry", ticketIds: failed }, (ticketId) =>
    retryRequest(ctx, { ticketId }),
  );
}
