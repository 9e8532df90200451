import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

export const endEmergencyJob = defineJob({
  name: "requests.end-emergency",
  payload: z.strictObject({ emergencyId: z.string() }),
  retryLimit: 3,
});
