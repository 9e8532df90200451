import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** The clock asks again every minute, so a check that failed is not repeated by the queue. */
export const checkClusterJob = defineJob({
  name: "clusters.check",
  payload: z.strictObject({ clusterId: z.string() }),
  retryLimit: 0,
});
