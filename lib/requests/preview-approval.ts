import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readCreation } from "./place-creation";
import { previewPlacement } from "./preview-placement";
import type { PlacementPreview, PreviewApproval } from "./schema";

/** The verdict on a waiting request with an approver's choices; nothing is written. */
export async function previewApproval(ctx: Context, input: PreviewApproval): Promise<PlacementPreview> {
  const ticket = await db().approvalTicket.findUnique({ where: { id: input.ticketId } });
  if (ticket === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "ticket" });
  await authorize(db(), ctx, "builtin_approval:view", {
    systemId: ticket.systemId,
    environment: ticket.environment,
  });
  if (ticket.operationType !== "CREATE") return { candidates: [], verdicts: [], notChecked: null };
  return previewPlacement(ctx, ticket, await readCreation(db(), ticket, input));
}
