import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

const payload = z.strictObject({ vmId: z.string() });

export const expireVmJob = defineJob({ name: "requests.expire-vm", payload, retryLimit: 3 });
export const runScheduleJob = defineJob({ name: "requests.run-schedule", payload, retryLimit: 3 });
