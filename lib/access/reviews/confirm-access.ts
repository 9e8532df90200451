import { authorize } from "@/lib/access/authorize";
import { requireMemberAdmin } from "@/lib/access/members/require-member-admin";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { ReviewedAccess } from "./schema";
import { readReviewed, type Reviewed } from "./store";

/** Somebody who could take it away says that it is still needed. */
export function confirmAccess(ctx: Context, input: ReviewedAccess): Promise<void> {
  return inTransaction(async (tx) => {
    const reviewed = await requireReviewed(tx, ctx, input);
    const data = { reviewedAt: ctx.now, reviewedBy: actorId(ctx.actor) };
    const change = { where: { id: input.id }, data };
    const { count } =
      reviewed.kind === "role"
        ? await tx.roleBinding.updateMany(change)
        : await tx.resourceRoleBinding.updateMany(change);
    if (count === 0) throw new AppError("RESOURCE_NOT_FOUND");
    await recordAudit(tx, ctx, {
      action: "access.confirm",
      resource: { type: "user", id: reviewed.userId },
      ...(reviewed.systemId === null ? {} : { parent: { type: "system", id: reviewed.systemId } }),
      details: { kind: reviewed.kind, role: reviewed.role, bindingId: input.id },
    });
  });
}

/** The line, to whoever may give and take it; who may not learns of platform roles nothing, not even their ids. */
async function requireReviewed(tx: Tx, ctx: Context, input: ReviewedAccess): Promise<Reviewed> {
  if (input.kind === "role") await authorize(tx, ctx, "rbac:manage");
  const reviewed = await readReviewed(tx, input);
  if (reviewed.kind === "member") {
    const { systemId, role } = reviewed;
    await requireMemberAdmin(tx, ctx, { systemId, touched: [role] });
  }
  return reviewed;
}
