import type { Context } from "@/lib/core/context";
import type { Submitted } from "../schema";
import { submitRequest } from "../submit-request";
import type { IncreaseQuota } from "./schema";

/** More room for a System, asked for like everything else. */
export function requestIncrease(ctx: Context, input: IncreaseQuota): Promise<Submitted> {
  return submitRequest(ctx, { operation: "INCREASE_QUOTA", ...input });
}
