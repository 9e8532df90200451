import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { fieldRefused } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { UpdatePolicy } from "./schema";
import {
  lockPolicy,
  nameTaken,
  requireNamed,
  seedAuthor,
  settleValues,
  valuesOf,
  type LockedPolicy,
  type StoredValues,
} from "./store";

/** Requests that were answered keep their answer; the next ones meet the rule as it is then. */
export async function updatePolicy(
  ctx: Context,
  input: UpdatePolicy,
): Promise<{ id: string; revision: number }> {
  try {
    return await inTransaction(async (tx) => {
      await authorize(tx, ctx, "platform:admin");
      const policy = await lockPolicy(tx, input.policyId, input.revision);
      const before = valuesOf(policy);
      const after = settleValues(changed(before, input));
      refuseRenaming(policy, after);
      await requireNamed(tx, after);
      const revision = policy.revision + 1;
      await tx.approvalPolicy.update({
        where: { id: policy.id },
        data: { ...after, revision, updatedBy: actorId(ctx.actor) },
        select: { id: true },
      });
      await recordAudit(tx, ctx, {
        action: "approval_policy.update",
        resource: { type: "approval_policy", id: policy.id, name: after.name },
        details: { revision, state: policy.state, before, after },
      });
      return { id: policy.id, revision };
    });
  } catch (error) {
    throw nameTaken(error, input.name ?? "");
  }
}

function changed(before: StoredValues, { policyId: _, revision: _revision, ...given }: UpdatePolicy) {
  const sent = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  // Members that were not sent stay, and those that were have the same types.
  return { ...before, ...sent } as StoredValues;
}

/** A default rule is found again by its name, and a draft has the name of the rule that it would replace. */
function refuseRenaming(policy: LockedPolicy, { name }: StoredValues): void {
  const isFixed = policy.createdBy === seedAuthor || policy.replacesId !== null;
  if (isFixed && name !== policy.name) throw fieldRefused("name", "not_allowed", { allowed: [policy.name] });
}
