import type { Context } from "@/lib/core/context";
import { askWorker } from "@/lib/core/worker-questions";
import { askShared } from "../looks/ask-shared";
import { readHardwareJob } from "./jobs";
import { readHardware } from "./queries";
import { hardwareAnswer, type HardwareInput } from "./schema";

/** One reading answers everybody who looks within so many seconds. */
const freshSeconds = 3;

/** Asks the cluster again for a machine's disks and interfaces; VM_NOT_FOUND for whoever may not see it. */
export async function refreshHardware(ctx: Context, { vmId }: HardwareInput): Promise<{ readAt: Date }> {
  const { readAt } = await readHardware(ctx, vmId);
  const isFresh = readAt !== null && Math.abs(ctx.now.getTime() - readAt.getTime()) < freshSeconds * 1000;
  if (isFresh) return { readAt };
  return askShared(`hardware/${vmId}`, () => askWorker(ctx, readHardwareJob, { vmId }, hardwareAnswer));
}
