import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** The hour of an approved request has come. */
export const startHeldJob = defineJob({
  name: "requests.start-held",
  payload: z.strictObject({ ticketId: z.string() }),
  retryLimit: 3,
});
