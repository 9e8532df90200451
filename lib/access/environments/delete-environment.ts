import { authorize } from "@/lib/access/authorize";
import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { DeleteEnvironment } from "./schema";
import { lockEnvironment } from "./store";

/** @throws DELETE_RESTRICTED while anything stands in it or anybody may act there */
export function deleteEnvironment(ctx: Context, input: DeleteEnvironment): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const environment = await lockEnvironment(tx, input.name);
    await confirmDeletion(tx, ctx, {
      entity: { type: "environment", id: environment.name, name: environment.name },
      environment: environment.name,
      provided: input.confirmName,
    });
    await refuseInUse(tx, environment.name);
    await tx.environment.delete({ where: { name: environment.name }, select: { name: true } });
    await recordAudit(tx, ctx, {
      action: "environment.delete",
      resource: { type: "environment", id: environment.name, name: environment.name },
      environment: environment.name,
      details: { class: environment.class },
    });
  });
}

async function refuseInUse(tx: Tx, name: string): Promise<void> {
  const uses = {
    namespaces: await tx.namespace.count({ where: { environment: name } }),
    clusters: await tx.cluster.count({ where: { environment: name } }),
    bindings: await tx.roleBinding.count({ where: { allowedEnvironments: { has: name } } }),
    mappings: await tx.externalCohortMapping.count({ where: { allowedEnvironments: { has: name } } }),
    tokens: await tx.apiToken.count({ where: { environments: { has: name }, revokedAt: null } }),
  };
  for (const [children, childCount] of Object.entries(uses)) {
    if (childCount > 0)
      throw new AppError("DELETE_RESTRICTED", { entity: "environment", children, childCount });
  }
}
