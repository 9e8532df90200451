import type { Context } from "@/lib/core/context";
import type { Submitted } from "../schema";
import { submitRequest } from "../submit-request";
import type { ModifyVm } from "./schema";

/** More, less or other of a machine that stands, by the same funnel as everything else. */
export function requestModification(ctx: Context, input: ModifyVm): Promise<Submitted> {
  return submitRequest(ctx, { operation: "MODIFY_VM", ...input });
}
