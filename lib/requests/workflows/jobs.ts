import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** A step's time has passed, or the people whom it waits for have changed. */
export const settleStepJob = defineJob({
  name: "requests.settle-step",
  payload: z.strictObject({ stepId: z.string() }),
  retryLimit: 3,
});
