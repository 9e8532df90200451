import { authorize } from "@/lib/access/authorize";
import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { DeleteDesk } from "./schema";
import { lockDesk } from "./store";
import { withdrawWaiting } from "./withdraw-waiting";

/** The desk goes with its log and its secrets; what waits there is decided by people here, and what it decided stays. */
export function deleteDesk(ctx: Context, { deskId, confirmName }: DeleteDesk): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    await requireStepUp(tx, ctx, "change_sign_in");
    const desk = await lockDesk(tx, deskId);
    await confirmDeletion(tx, ctx, {
      entity: { type: "external_approval_system", id: desk.id, name: desk.name },
      provided: confirmName,
    });
    const returned = await withdrawWaiting(tx, ctx, { deskId, reason: "switched_off" });
    await tx.externalApprovalSystem.delete({ where: { id: deskId }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "external_approval_system.delete",
      resource: { type: "external_approval_system", id: deskId, name: desk.name },
      details: { returned },
    });
  });
}
