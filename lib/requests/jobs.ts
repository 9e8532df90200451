import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** News of an operation reaches its ticket. */
export const closeRequestJob = defineJob({
  name: "requests.close",
  payload: z.strictObject({ eventId: z.string() }),
  retryLimit: 20,
});
