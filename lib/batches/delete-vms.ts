import type { Context } from "@/lib/core/context";
import type { BatchSubmitted, DeleteChosen } from "./schema";
import { submitBatch } from "./submit-batch";

/** Production wants each name typed, test a plain yes, as for one machine (spec §5.15). */
export function deleteVms(
  ctx: Context,
  { vmId, confirmName, ...rest }: DeleteChosen,
): Promise<BatchSubmitted> {
  const items = vmId.map((id, at) => {
    const typed = confirmName[at] ?? "";
    return { vmId: id, confirm: true, ...(typed === "" ? {} : { confirmName: typed }) };
  });
  return submitBatch(ctx, { ...rest, operation: "DELETE", items });
}
