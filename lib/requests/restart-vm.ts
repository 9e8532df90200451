import type { Context } from "@/lib/core/context";
import type { PowerVm, Submitted } from "./schema";
import { submitRequest } from "./submit-request";

/** Through the funnel; policy answers whether somebody is asked (spec §5.14). */
export function restartVm(ctx: Context, input: PowerVm): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "RESTART_VM" });
}
