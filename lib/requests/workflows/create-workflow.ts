import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { columnsOf, nameTaken, requireNamed } from "./require-named";
import type { CreateWorkflow } from "./schema";

/** It leads requests from now on; those that wait keep the steps they were asked under. */
export async function createWorkflow(ctx: Context, input: CreateWorkflow): Promise<{ id: string }> {
  const id = newId();
  try {
    return await inTransaction(async (tx) => {
      await authorize(tx, ctx, "platform:admin");
      await requireNamed(tx, input);
      const author = actorId(ctx.actor);
      await tx.approvalWorkflow.create({
        data: { id, ...columnsOf(input), createdBy: author, updatedBy: author },
        select: { id: true },
      });
      await recordAudit(tx, ctx, {
        action: "approval_workflow.create",
        resource: { type: "approval_workflow", id, name: input.name },
        details: { after: input },
      });
      return { id };
    });
  } catch (error) {
    throw nameTaken(error, input.name);
  }
}
