import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";
import { questionPayload } from "@/lib/core/worker-questions";

/** The clock asks again for whatever was left unread. */
export const readFoundJob = defineJob({
  name: "vms.read-found",
  payload: z.strictObject({ clusterId: z.string() }),
  retryLimit: 0,
});
export const observeAdoptedJob = defineJob({
  name: "vms.observe-adopted",
  payload: z.strictObject({ vmId: z.string() }),
  retryLimit: 5,
});
export const importVmJob = defineJob({
  name: "vms.import",
  payload: z.strictObject({ eventId: z.string() }),
  retryLimit: 3,
});

/** Questions a page asks; nobody waits for a second try. */
export const findMachinesJob = defineJob({
  name: "vms.find-machines",
  payload: questionPayload,
  retryLimit: 0,
});
export const previewImportJob = defineJob({
  name: "vms.preview-import",
  payload: questionPayload,
  retryLimit: 0,
});
