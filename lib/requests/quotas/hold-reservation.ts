import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import type { Subject } from "../check-creation";

/** A step: what is asked for takes its room in the quota of its System and environment, or is refused. */
export async function holdReservation(
  _tx: Tx,
  _ctx: Context,
  _held: { ticketId: string; subject: Subject },
): Promise<void> {
  await Promise.resolve();
}
