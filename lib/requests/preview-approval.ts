import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { recordChecks } from "./cockpit/record-checks";
import { readCreation } from "./place-creation";
import { previewPlacement } from "./preview-placement";
import { requireWatcher, unknownTicket } from "./require-decider";
import { approvalChoices, type PlacementPreview, type PreviewApproval } from "./schema";
import { machineTicket, type Ticket } from "./store";

/**
 * The verdict on a waiting request with the choices of earlier steps and of this approver. Nothing is decided; what the
 * clusters say is kept, so that a changed answer stands out.
 */
export async function previewApproval(
  ctx: Context,
  { ticketId, ...choices }: PreviewApproval,
): Promise<PlacementPreview> {
  const ticket = await db().approvalTicket.findUnique({ where: { id: ticketId } });
  if (ticket === null) throw unknownTicket();
  await requireWatcher(db(), ctx, ticket);
  if (ticket.operationType !== "CREATE") return { candidates: [], verdicts: [], notChecked: null };
  const creation = await readCreation(db(), ticket, { ...earlierChoices(ticket), ...choices });
  const preview = await previewPlacement(ctx, machineTicket(ticket), creation);
  if (ticket.status !== "PENDING") return preview;
  const { wanted: blueprint } = creation;
  return {
    ...preview,
    checks: await recordChecks(db(), ctx, { ticketId, blueprint, verdicts: preview.verdicts }),
  };
}

/** What approvers of earlier steps have changed. */
function earlierChoices({ pendingChoices }: Ticket) {
  return approvalChoices.strip().catch({}).parse(pendingChoices);
}
