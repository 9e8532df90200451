import { z } from "zod";
import { defineJob } from "@/lib/core/jobs";

const named = z.strictObject({ uploadId: z.string() });

/** Makes the volume and waits until it takes an image; the clock asks again while it does not. */
export const prepareUploadJob = defineJob({ name: "catalog.prepare-upload", payload: named, retryLimit: 0 });

/** Deletes what a cancelled or removed upload left in the cluster; the clock asks again until it is gone. */
export const discardUploadJob = defineJob({ name: "catalog.discard-upload", payload: named, retryLimit: 0 });
