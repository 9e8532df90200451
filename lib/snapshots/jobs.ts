import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

const payload = z.strictObject({ eventId: z.string() });

export const takeSnapshotJob = defineJob({ name: "snapshots.take", payload, retryLimit: 3 });
export const restoreSnapshotJob = defineJob({ name: "snapshots.restore", payload, retryLimit: 3 });
export const cloneVmJob = defineJob({ name: "snapshots.clone", payload, retryLimit: 3 });
export const deleteSnapshotJob = defineJob({ name: "snapshots.delete", payload, retryLimit: 3 });
