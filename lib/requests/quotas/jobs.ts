import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

/** A machine whose room nobody counts yet takes it. */
export const holdMachineJob = defineJob({
  name: "requests.hold-machine",
  payload: z.strictObject({ vmId: z.string() }),
  retryLimit: 3,
});
