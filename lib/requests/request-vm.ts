import type { Context } from "@/lib/core/context";
import type { RequestVm, Submitted } from "./schema";
import { submitRequest } from "./submit-request";

/** A new VM through the funnel (spec §5.10). */
export function requestVm(ctx: Context, input: RequestVm): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "CREATE_VM" });
}
