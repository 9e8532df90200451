import type { Context } from "@/lib/core/context";
import { readSnapshot } from "@/lib/snapshots/queries";
import type { Submitted } from "../schema";
import { submitRequest } from "../submit-request";
import type { RequestRestore } from "./schema";

/** A machine back to what was saved of it, through the funnel. */
export async function requestRestore(ctx: Context, input: RequestRestore): Promise<Submitted> {
  const { vmId } = await readSnapshot(ctx, input);
  return submitRequest(ctx, { ...input, vmId, operation: "RESTORE_SNAPSHOT" });
}
