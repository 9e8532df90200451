import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** Something happened to a request that is led from outside. */
export const sendHappeningsJob = defineJob({
  name: "requests.send-happenings",
  payload: z.strictObject({ ticketId: z.string() }),
  retryLimit: 3,
});
