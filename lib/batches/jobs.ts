import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

const payload = z.strictObject({ batchId: z.string() });

/** Whoever asked is told that all has ended. */
export const notifyBatchEndJob = defineJob({ name: "batches.notify-end", payload, retryLimit: 3 });
/** Decisions nobody came to any more get their result. */
export const settleDecisionsJob = defineJob({ name: "batches.settle-decisions", payload, retryLimit: 3 });
