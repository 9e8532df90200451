import type { Context } from "@/lib/core/context";
import type { Submitted } from "../schema";
import { submitRequest } from "../submit-request";
import type { RequestSnapshot } from "./schema";

/** A machine as it is now, kept, through the funnel. */
export function requestSnapshot(ctx: Context, input: RequestSnapshot): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "CREATE_SNAPSHOT" });
}
