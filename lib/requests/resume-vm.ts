import type { Context } from "@/lib/core/context";
import type { PowerVm, Submitted } from "./schema";
import { submitRequest } from "./submit-request";

/** A paused guest goes on where it was. */
export function resumeVm(ctx: Context, input: PowerVm): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "RESUME_VM" });
}
