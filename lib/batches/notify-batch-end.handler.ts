import { inTransaction } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";

interface Ended {
  operation: string;
  status: string;
  createdBy: string;
  childCount: number;
  successCount: number;
  failedCount: number;
}

/** Told once for each end: a retry that ends is another one. Whoever decided many knows the result already. */
export async function notifyBatchEnd({ batchId }: { batchId: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const rows = await tx.$queryRaw<Ended[]>`
      UPDATE batch_approval_tickets SET told_at = now()
      WHERE id = ${batchId} AND finished_at IS NOT NULL AND told_at IS NULL
      RETURNING operation, status, created_by AS "createdBy", child_count AS "childCount",
        success_count AS "successCount", failed_count AS "failedCount"`;
    const [ended] = rows;
    if (ended === undefined || ended.operation === "APPROVE") return;
    const { createdBy, operation, status, childCount, successCount, failedCount } = ended;
    await notifyUsers(tx, [createdBy], {
      kind: "BATCH_COMPLETED",
      resource: { type: "batch", id: batchId },
      params: { operation, status, items: childCount, succeeded: successCount, failed: failedCount },
    });
  });
}
