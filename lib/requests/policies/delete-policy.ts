import { authorize } from "@/lib/access/authorize";
import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { DeletePolicy } from "./schema";
import { lockPolicy, seedAuthor, valuesOf } from "./store";

/** @throws INVALID_STATE for a default rule, which would come back with the next start: it is disabled instead */
export function deletePolicy(ctx: Context, input: DeletePolicy): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const policy = await lockPolicy(tx, input.policyId);
    if (policy.createdBy === seedAuthor)
      throw new AppError("INVALID_STATE", { object: "default_policy", state: policy.state, move: "delete" });
    await confirmDeletion(tx, ctx, {
      entity: { type: "approval_policy", id: policy.id, name: policy.name },
      provided: input.confirm,
    });
    await tx.approvalPolicy.delete({ where: { id: policy.id }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "approval_policy.delete",
      resource: { type: "approval_policy", id: policy.id, name: policy.name },
      details: { state: policy.state, replacesId: policy.replacesId, before: valuesOf(policy) },
    });
  });
}
