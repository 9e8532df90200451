import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { CreatePolicy } from "./schema";
import { lockPolicy, nameTaken, requireNamed, settleValues } from "./store";

/** A rule of its own, or, as a draft or a watching one, what another rule could become. */
export async function createPolicy(ctx: Context, input: CreatePolicy): Promise<{ id: string }> {
  const { state, replacesId, ...given } = input;
  const id = newId();
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "platform:admin");
      const name = replacesId === null ? given.name : await nameOfReplaced(tx, replacesId, state);
      const values = settleValues({ ...given, name });
      await requireNamed(tx, values);
      const author = actorId(ctx.actor);
      await tx.approvalPolicy.create({
        data: { id, ...values, state, replacesId, createdBy: author, updatedBy: author },
        select: { id: true },
      });
      await recordAudit(tx, ctx, {
        action: "approval_policy.create",
        resource: { type: "approval_policy", id, name },
        details: { after: { ...values, state, replacesId } },
      });
    });
  } catch (error) {
    throw nameTaken(error, given.name);
  }
  return { id };
}

async function nameOfReplaced(tx: Tx, replacesId: string, state: CreatePolicy["state"]): Promise<string> {
  if (state !== "draft" && state !== "shadow")
    throw fieldRefused("state", "not_allowed", { allowed: ["draft", "shadow"] });
  const replaced = await lockPolicy(tx, replacesId);
  if (replaced.replacesId !== null) throw fieldRefused("replacesId", "not_found");
  return replaced.name;
}
