import type { z } from "zod";
import { enqueue } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { deliverNoticeJob, type startDeliveriesJob } from "./jobs";

export async function startDeliveries({
  deliveryIds,
}: z.output<typeof startDeliveriesJob.payload>): Promise<void> {
  await inTransaction(async (tx) => {
    for (const deliveryId of deliveryIds) await enqueue(tx, deliverNoticeJob, { deliveryId });
  });
}
