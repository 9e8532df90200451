import type { Context } from "@/lib/core/context";
import type { BatchSubmitted, PowerChosen } from "./schema";
import { submitBatch } from "./submit-batch";

/** One power operation on each of the machines that were chosen. */
export function operateVms(ctx: Context, { vmId, operation, ...rest }: PowerChosen): Promise<BatchSubmitted> {
  return submitBatch(ctx, {
    ...rest,
    operation: "POWER",
    items: vmId.map((id) => ({ vmId: id, operation })),
  });
}
