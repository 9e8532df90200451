import { inTransaction } from "@/lib/core/transaction";

/** The process that took these decisions ended midway; each is what has become of its request. */
export async function settleDecisions({ batchId }: { batchId: string }): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.$executeRaw`
      UPDATE batch_decisions d SET decided_at = now(),
        status = CASE WHEN k.approver_id = b.created_by THEN 'SUCCESS' ELSE 'FAILED' END,
        error_code = CASE WHEN k.approver_id = b.created_by THEN NULL ELSE 'OPERATION_TIMED_OUT' END
      FROM batch_approval_tickets b, approval_tickets k
      WHERE d.batch_id = ${batchId} AND d.status = 'PENDING' AND b.id = d.batch_id AND k.id = d.ticket_id`;
  });
}
