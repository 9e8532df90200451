import type { Context } from "@/lib/core/context";
import type { DeleteVm, Submitted } from "./schema";
import { submitRequest } from "./submit-request";

/** Through the funnel; policy answers whether somebody is asked (spec §5.15). */
export function deleteVm(ctx: Context, input: DeleteVm): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "DELETE_VM" });
}
