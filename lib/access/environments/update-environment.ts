import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { UpdateEnvironment } from "./schema";
import { lockEnvironment } from "./store";

export function updateEnvironment(ctx: Context, input: UpdateEnvironment): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const environment = await lockEnvironment(tx, input.name);
    const { displayName, description, sortOrder } = environment;
    const after = {
      displayName: input.displayName ?? displayName,
      description: input.description ?? description,
      sortOrder: input.sortOrder ?? sortOrder,
    };
    await tx.environment.update({ where: { name: input.name }, data: after, select: { name: true } });
    await recordAudit(tx, ctx, {
      action: "environment.update",
      resource: { type: "environment", id: environment.name, name: environment.name },
      environment: environment.name,
      details: { before: { displayName, description, sortOrder }, after },
    });
  });
}
