import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";
import { questionPayload } from "@/lib/core/worker-questions";

const eventPayload = z.strictObject({ eventId: z.string() });

export const createVmJob = defineJob({ name: "vms.create", payload: eventPayload, retryLimit: 3 });
export const powerVmJob = defineJob({ name: "vms.power", payload: eventPayload, retryLimit: 3 });
export const deleteVmJob = defineJob({ name: "vms.delete", payload: eventPayload, retryLimit: 3 });

/** Questions a page asks; nobody waits for a second try. */
export const dryRunVmJob = defineJob({ name: "vms.dry-run", payload: questionPayload, retryLimit: 0 });
export const readManifestJob = defineJob({
  name: "vms.read-manifest",
  payload: questionPayload,
  retryLimit: 0,
});
