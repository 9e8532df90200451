import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { UpdateEnvironment } from "./schema";
import { lockEnvironment } from "./store";

export function updateEnvironment(ctx: Context, input: UpdateEnvironment): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const environment = await lockEnvironment(tx, input.name);
    const { displayName, description, sortOrder, selfApproval } = environment;
    const after = {
      displayName: input.displayName ?? displayName,
      description: input.description ?? description,
      sortOrder: input.sortOrder ?? sortOrder,
      selfApproval: input.selfApproval ?? selfApproval,
    };
    // Four eyes become two there, which whoever holds a stolen session does not decide.
    if (after.selfApproval && !selfApproval) await requireStepUp(tx, ctx, "grant_role");
    await tx.environment.update({ where: { name: input.name }, data: after, select: { name: true } });
    await recordAudit(tx, ctx, {
      action: "environment.update",
      resource: { type: "environment", id: environment.name, name: environment.name },
      environment: environment.name,
      details: { before: { displayName, description, sortOrder, selfApproval }, after },
    });
  });
}
