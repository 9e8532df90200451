import type { Context } from "@/lib/core/context";
import type { Submitted } from "../schema";
import { submitRequest } from "../submit-request";
import type { RequestSchedule } from "./schema";

/** A machine that starts and stops by the clock: decided once, because each run then asks nobody. */
export function requestSchedule(ctx: Context, input: RequestSchedule): Promise<Submitted> {
  return submitRequest(ctx, { ...input, operation: "SCHEDULE_VM" });
}
