import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";
import { questionPayload } from "@/lib/core/worker-questions";

export const modifyVmJob = defineJob({
  name: "vms.modify",
  payload: z.strictObject({ eventId: z.string() }),
  retryLimit: 3,
});

/** A question a page asks; nobody waits for a second try. */
export const planModificationJob = defineJob({
  name: "vms.plan-modification",
  payload: questionPayload,
  retryLimit: 0,
});

export const compareSpecsJob = defineJob({
  name: "vms.compare-specs",
  payload: z.strictObject({ clusterId: z.string() }),
  retryLimit: 0,
});
