import type { Context } from "@/lib/core/context";
import type { PowerVm, Submitted } from "./schema";
import { submitRequest } from "./submit-request";

/** The guest stands still and keeps its memory; it holds its room on the cluster. */
export function pauseVm(ctx: Context, input: PowerVm): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "PAUSE_VM" });
}
