import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { SetPolicyState } from "./schema";
import { lockPolicy, valuesOf, type LockedPolicy } from "./store";

/** Draft, watching, active or disabled; what would replace a rule and becomes active takes its place for good. */
export function setPolicyState(
  ctx: Context,
  input: SetPolicyState,
): Promise<{ id: string; revision: number }> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const policy = await lockPolicy(tx, input.policyId, input.revision);
    if (policy.replacesId !== null && input.state === "disabled") {
      throw new AppError("INVALID_STATE", {
        object: "approval_policy",
        state: policy.state,
        move: "disable",
      });
    }
    if (policy.replacesId !== null && input.state === "active")
      return takeOver(tx, ctx, { draft: policy, replacedId: policy.replacesId });
    return moveTo(tx, ctx, policy, input.state);
  });
}

async function moveTo(tx: Tx, ctx: Context, policy: LockedPolicy, state: SetPolicyState["state"]) {
  const revision = policy.revision + 1;
  await tx.approvalPolicy.update({
    where: { id: policy.id },
    data: { state, revision, updatedBy: actorId(ctx.actor) },
    select: { id: true },
  });
  await recordAudit(tx, ctx, {
    action: "approval_policy.update",
    resource: { type: "approval_policy", id: policy.id, name: policy.name },
    details: { revision, before: { state: policy.state }, after: { state } },
  });
  return { id: policy.id, revision };
}

/** The rule stays the one that tickets and records name; only what it says is new. */
async function takeOver(
  tx: Tx,
  ctx: Context,
  { draft, replacedId }: { draft: LockedPolicy; replacedId: string },
): Promise<{ id: string; revision: number }> {
  const replaced = await lockPolicy(tx, replacedId);
  const revision = replaced.revision + 1;
  const after = { ...valuesOf(draft), name: replaced.name };
  await tx.approvalPolicy.delete({ where: { id: draft.id }, select: { id: true } });
  await tx.approvalPolicy.update({
    where: { id: replaced.id },
    data: { ...after, state: "active", revision, updatedBy: actorId(ctx.actor) },
    select: { id: true },
  });
  await recordAudit(tx, ctx, {
    action: "approval_policy.update",
    resource: { type: "approval_policy", id: replaced.id, name: replaced.name },
    details: {
      revision,
      before: { ...valuesOf(replaced), state: replaced.state },
      after: { ...after, state: "active" },
      draftId: draft.id,
    },
  });
  return { id: replaced.id, revision };
}
