import type { Context } from "@/lib/core/context";
import type { PowerVm, Submitted } from "./schema";
import { submitRequest } from "./submit-request";

/** The power cord: the guest is given no time. It also ends a stop that hangs. */
export function forceStopVm(ctx: Context, input: PowerVm): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "FORCE_STOP_VM" });
}
