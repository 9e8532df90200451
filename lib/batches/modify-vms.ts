import type { Context } from "@/lib/core/context";
import { fieldRefused } from "@/lib/core/errors";
import type { BatchSubmitted, ModifyChosen } from "./schema";
import { submitBatch } from "./submit-batch";

/** The same cores and memory for each of the machines that were chosen. */
export function modifyVms(ctx: Context, input: ModifyChosen): Promise<BatchSubmitted> {
  const { vmId, cpuCores, memoryGi, ...rest } = input;
  if (cpuCores === undefined && memoryGi === undefined) throw fieldRefused("cpuCores", "required");
  const change = {
    ...(cpuCores === undefined ? {} : { cpuCores }),
    ...(memoryGi === undefined ? {} : { memoryGi }),
  };
  return submitBatch(ctx, {
    ...rest,
    operation: "MODIFY",
    items: vmId.map((id) => ({ vmId: id, ...change })),
  });
}
