import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** An import somebody started; its row says how it went, and starting it again is theirs to decide. */
export const syncDirectoryJob = defineJob({
  name: "identity.sync-directory",
  payload: z.strictObject({ jobId: z.string() }),
  retryLimit: 0,
});

/** The clock comes again, so a refresh that failed is not repeated by the queue. */
export const refreshDirectoryJob = defineJob({
  name: "identity.refresh-directory",
  payload: z.strictObject({ providerId: z.string() }),
  retryLimit: 0,
});
