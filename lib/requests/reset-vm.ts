import type { Context } from "@/lib/core/context";
import type { PowerVm, Submitted } from "./schema";
import { submitRequest } from "./submit-request";

/** The reset button: the guest starts anew on the instance it has, without being asked. */
export function resetVm(ctx: Context, input: PowerVm): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "RESET_VM" });
}
