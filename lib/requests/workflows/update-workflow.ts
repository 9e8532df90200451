import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { matchOf } from "./read-question";
import { columnsOf, lockWorkflow, nameTaken, requireNamed } from "./require-named";
import type { UpdateWorkflow } from "./schema";

/** Requests that wait keep the steps they were asked under (spec §5.26). @throws CONFLICT when somebody was first */
export async function updateWorkflow(
  ctx: Context,
  { workflowId, revision, ...input }: UpdateWorkflow,
): Promise<{ id: string; revision: number }> {
  try {
    return await inTransaction(async (tx) => {
      await authorize(tx, ctx, "platform:admin");
      const before = await lockWorkflow(tx, workflowId);
      if (before.revision !== revision)
        throw new AppError("CONFLICT", {
          object: "approval_workflow",
          seen: revision,
          current: before.revision,
        });
      await requireNamed(tx, input);
      await tx.approvalWorkflow.update({
        where: { id: workflowId },
        data: { ...columnsOf(input), revision: revision + 1, updatedBy: actorId(ctx.actor) },
        select: { id: true },
      });
      const { name, description, enabled, priority, steps } = before;
      await recordAudit(tx, ctx, {
        action: "approval_workflow.update",
        resource: { type: "approval_workflow", id: workflowId, name: input.name },
        details: {
          revision: revision + 1,
          before: { name, description, enabled, priority, match: matchOf(before), steps },
          after: input,
        },
      });
      return { id: workflowId, revision: revision + 1 };
    });
  } catch (error) {
    throw nameTaken(error, input.name);
  }
}
