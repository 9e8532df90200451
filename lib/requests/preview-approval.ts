import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readCreation } from "./place-creation";
import { previewPlacement } from "./preview-placement";
import { requireWatcher, unknownTicket } from "./require-decider";
import type { PlacementPreview, PreviewApproval } from "./schema";
import { machineTicket } from "./store";

/** The verdict on a waiting request with an approver's choices; nothing is written. */
export async function previewApproval(ctx: Context, input: PreviewApproval): Promise<PlacementPreview> {
  const ticket = await db().approvalTicket.findUnique({ where: { id: input.ticketId } });
  if (ticket === null) throw unknownTicket();
  await requireWatcher(db(), ctx, ticket);
  if (ticket.operationType !== "CREATE") return { candidates: [], verdicts: [], notChecked: null };
  return previewPlacement(ctx, machineTicket(ticket), await readCreation(db(), ticket, input));
}
