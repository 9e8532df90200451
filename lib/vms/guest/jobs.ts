import { defineJob } from "@/lib/core/jobs";
import { questionPayload } from "@/lib/core/worker-questions";

/** A question somebody awaits; nobody waits for a second try. */
export const readGuestJob = defineJob({ name: "vms.read-guest", payload: questionPayload, retryLimit: 0 });
