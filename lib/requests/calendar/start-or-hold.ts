import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { startOperation, type Approved } from "../start-operation";

/** A step: what was approved starts at once. */
export function startOrHold(tx: Tx, ctx: Context, approved: Approved): Promise<void> {
  return startOperation(tx, ctx, approved);
}
