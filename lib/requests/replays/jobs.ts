import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** A replay over more requests than somebody would wait for. */
export const runReplayJob = defineJob({
  name: "requests.replay",
  payload: z.strictObject({ replayId: z.string() }),
  retryLimit: 5,
});
