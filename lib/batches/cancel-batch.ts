import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { cancelRequest } from "@/lib/requests/cancel-request";
import { changeEach } from "./change-each";
import type { Affected } from "./schema";
import { requireOwnBatch, listChildIds } from "./store";

/** What nobody has decided is withdrawn; what runs or is over stays as it is (spec §5.17). */
export async function cancelBatch(ctx: Context, { batchId }: { batchId: string }): Promise<Affected> {
  const batch = await requireOwnBatch(db(), ctx, batchId);
  const undecided = await listChildIds(db(), batchId, ["PENDING"]);
  const changed = await changeEach(
    { batchId, state: batch.status, move: "cancel", ticketIds: undecided },
    (ticketId) => cancelRequest(ctx, { ticketId, reason: "" }),
  );
  await recordCancellation(ctx, changed);
  return changed;
}

function recordCancellation(ctx: Context, { batchId, affectedTicketIds }: Affected): Promise<void> {
  return inTransaction(async (tx) => {
    await requireOwnBatch(tx, ctx, batchId);
    await recordAudit(tx, ctx, {
      action: "batch.cancel",
      resource: { type: "batch", id: batchId },
      details: { tickets: affectedTicketIds },
    });
  });
}
