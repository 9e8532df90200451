import type { Context } from "@/lib/core/context";
import type { PowerVm, Submitted } from "./schema";
import { submitRequest } from "./submit-request";

/** The guest is asked to restart itself, on the instance it has. */
export function rebootVm(ctx: Context, input: PowerVm): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "SOFT_REBOOT_VM" });
}
