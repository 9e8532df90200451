import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { authorize } from "./authorize";
import { requireAdministratorLeft } from "./require-administrator-left";
import { requireGrantable } from "./require-grantable";
import { requireStepUp } from "./require-step-up";
import type { ChangeBinding } from "./schema";
import {
  endSessions,
  lockBinding,
  refuseDirectoryBinding,
  requireFuture,
  requireKnownEnvironments,
} from "./store";

/** Where a role reaches and until when; the same rules as for giving it. */
export function changeBinding(ctx: Context, input: ChangeBinding): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "rbac:manage");
    const binding = await lockBinding(tx, input);
    refuseDirectoryBinding(binding);
    const environments = [...new Set(input.environments ?? binding.environments)];
    const expiresAt = input.expiresAt === undefined ? binding.expiresAt : input.expiresAt;
    await requireGrantable(tx, ctx, {
      roleId: binding.roleId,
      systemId: binding.systemId ?? undefined,
      environments,
    });
    await requireKnownEnvironments(tx, environments);
    if (input.expiresAt !== undefined) requireFuture(expiresAt, ctx.now);
    await requireStepUp(tx, ctx, "grant_role");
    const isWider =
      environments.some((name) => !binding.environments.includes(name)) ||
      (binding.expiresAt !== null && binding.expiresAt <= ctx.now);
    await tx.roleBinding.update({
      where: { id: binding.id },
      data: {
        ...{ allowedEnvironments: environments, expiresAt, reviewedAt: null, reviewedBy: null },
        // What reaches further, or again, is given now and by whoever says so.
        ...(isWider ? { createdBy: actorId(ctx.actor), createdAt: ctx.now } : {}),
      },
      select: { id: true },
    });
    if (binding.isAdministration) await requireAdministratorLeft(tx);
    await endSessions(tx, binding.userId);
    await recordAudit(tx, ctx, {
      action: "role.assign",
      resource: { type: "user", id: binding.userId, name: binding.username },
      ...(binding.systemId === null ? {} : { parent: { type: "system", id: binding.systemId } }),
      details: {
        roleId: binding.roleId,
        systemId: binding.systemId,
        before: { environments: binding.environments, expiresAt: binding.expiresAt },
        environments,
        expiresAt,
      },
    });
  });
}
