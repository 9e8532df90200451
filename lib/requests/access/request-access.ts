import type { Context } from "@/lib/core/context";
import type { Submitted } from "@/lib/requests/schema";
import { submitRequest } from "@/lib/requests/submit-request";
import type { RequestAccess } from "./schema";

/** Through the funnel; whoever keeps the System decides. */
export function requestAccess(ctx: Context, input: RequestAccess): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "SYSTEM_ACCESS" });
}
