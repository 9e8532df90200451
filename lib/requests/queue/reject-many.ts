import type { Context } from "@/lib/core/context";
import { rejectRequest } from "../reject-request";
import { decideEach } from "./decide-each";
import type { ManyResults, RejectMany } from "./schema";

/** Up to twenty requests rejected for one reason, each decided alone. */
export function rejectMany(ctx: Context, { items, reason }: RejectMany): Promise<ManyResults> {
  return decideEach(items, (item) => rejectRequest(ctx, { ...item, reason }));
}
