import { defineJob } from "@/lib/core/jobs";
import { questionPayload } from "@/lib/core/worker-questions";

/** A question somebody awaits; nobody waits for a second try. */
export const readMetricsJob = defineJob({
  name: "vms.read-metrics",
  payload: questionPayload,
  retryLimit: 0,
});
