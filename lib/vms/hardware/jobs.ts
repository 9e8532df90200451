import { defineJob } from "@/lib/core/jobs";
import { questionPayload } from "@/lib/core/worker-questions";

/** A question a page asks; nobody waits for a second try. */
export const readHardwareJob = defineJob({
  name: "vms.read-hardware",
  payload: questionPayload,
  retryLimit: 0,
});
