import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** The clock asks again when its time has come; the queue does not repeat it. */
export const refreshFieldsJob = defineJob({
  name: "catalog.refresh-fields",
  payload: z.strictObject({ minor: z.string().max(16) }),
  retryLimit: 0,
});

/** News of a cluster's new version: its minor may be one whose fields nobody has read. */
export const noticeVersionJob = defineJob({
  name: "catalog.notice-version",
  payload: z.strictObject({ eventId: z.string() }),
  retryLimit: 3,
});
