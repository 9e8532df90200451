import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import type { Ticket } from "../store";
import { extendLife } from "./extend-life";
import type { RequestExtension } from "./schema";
import { lockLifetime } from "./store";

/** A step: the longer life that was asked for. */
export async function grantExtension(
  tx: Tx,
  ctx: Context,
  ticket: Ticket,
  { vmId, days }: RequestExtension,
): Promise<void> {
  await extendLife(tx, ctx, { life: await lockLifetime(tx, vmId), days, byTicket: ticket.id });
}
