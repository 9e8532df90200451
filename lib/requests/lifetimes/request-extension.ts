import type { Context } from "@/lib/core/context";
import type { Submitted } from "../schema";
import { submitRequest } from "../submit-request";
import type { RequestExtension } from "./schema";

/** A longer life than one click gives, through the funnel. */
export function requestExtension(ctx: Context, input: RequestExtension): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "EXTEND_VM" });
}
