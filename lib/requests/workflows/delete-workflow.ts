import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { lockWorkflow } from "./require-named";
import type { DeleteWorkflow } from "./schema";

/** Requests that wait in it go on as they were frozen. @throws DELETE_RESTRICTED while a rule names it */
export function deleteWorkflow(ctx: Context, { workflowId }: DeleteWorkflow): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const workflow = await lockWorkflow(tx, workflowId);
    const rules = await tx.approvalPolicy.count({ where: { workflowId } });
    if (rules > 0)
      throw new AppError("DELETE_RESTRICTED", { resource: "approval_workflow", name: workflow.name, rules });
    await tx.approvalWorkflow.delete({ where: { id: workflowId }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "approval_workflow.delete",
      resource: { type: "approval_workflow", id: workflowId, name: workflow.name },
      details: { steps: workflow.steps, revision: workflow.revision },
    });
  });
}
