import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import type { FinalChoices } from "../complete-approval";
import { environmentOf, type Ticket } from "../store";

export interface KeptWord {
  ticket: Ticket;
  step: { id: string; name: string };
  onBehalfOf: string | null;
  choices: FinalChoices;
  /** With what earlier steps have changed. */
  merged: FinalChoices;
  comment: string;
}

/**
 * A step: a yes that is not the last is on record, and what it changes is kept. What one approver has changed, the next one
 * looks at: those who looked before that look again.
 */
export async function keepWord(tx: Tx, ctx: Context, word: KeptWord): Promise<void> {
  const { ticket, step, onBehalfOf, choices, merged, comment } = word;
  if (Object.keys(choices).length > 0) {
    await tx.approvalTicket.update({
      where: { id: ticket.id },
      data: { pendingChoices: { ...merged }, version: { increment: 1 } },
      select: { id: true },
    });
  }
  await recordAudit(tx, ctx, {
    action: "approval.step_approve",
    resource: { type: "ticket", id: ticket.id },
    parent: { type: "system", id: ticket.systemId },
    ...environmentOf(ticket),
    details: { stepId: step.id, step: step.name, onBehalfOf, choices, comment },
  });
}
