import type { Context } from "@/lib/core/context";
import { requestVm } from "@/lib/requests/request-vm";
import type { RepeatCreation } from "./schema";
import { submitBatch } from "./submit-batch";

/** One new machine is a request of its own; several alike are a batch. */
export async function requestVms(
  ctx: Context,
  { count, requestId, ...wish }: RepeatCreation,
): Promise<{ path: string }> {
  if (count === 1) return { path: `/requests/${(await requestVm(ctx, wish)).ticketId}` };
  const { reason, ...item } = wish;
  const items = Array.from({ length: count }, () => item);
  const { batchId } = await submitBatch(ctx, { operation: "CREATE", reason, requestId, items });
  return { path: `/batches/${batchId}` };
}
