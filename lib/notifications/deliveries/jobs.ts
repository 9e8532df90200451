import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** One message to one place. Its row says how it went and when it is tried again, so the queue repeats nothing. */
export const deliverNoticeJob = defineJob({
  name: "notices.deliver",
  payload: z.strictObject({ deliveryId: z.string() }),
  retryLimit: 0,
});

/** What one change told many people; whoever made the change waits for one row of the queue and not for hundreds. */
export const startDeliveriesJob = defineJob({
  name: "notices.start-deliveries",
  payload: z.strictObject({ deliveryIds: z.array(z.string()).min(1).max(1_000) }),
  retryLimit: 3,
});
