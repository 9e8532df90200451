import type { Context } from "@/lib/core/context";
import type { Submitted } from "../schema";
import { submitRequest } from "../submit-request";
import type { RequestClone } from "./schema";

/** A copy of a machine, through the funnel. */
export function requestClone(ctx: Context, input: RequestClone): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "CLONE_VM" });
}
