import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** Brings what a provider's people hold in line with its mappings, some hundred at a time. */
export const refreshPeopleJob = defineJob({
  name: "identity.refresh-people",
  payload: z.strictObject({ providerId: z.string() }),
  retryLimit: 5,
});
