import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** The clock comes again, so nothing is repeated by the queue. */
export const sendDigestJob = defineJob({
  name: "notices.send-digest",
  payload: z.strictObject({ userId: z.string() }),
  retryLimit: 0,
});
