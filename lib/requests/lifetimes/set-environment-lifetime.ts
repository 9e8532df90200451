import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { isInOrder, type EnvironmentLifetime } from "./schema";

/** How long new machines of an environment live; machines that stand keep the end they have. */
export function setEnvironmentLifetime(ctx: Context, input: EnvironmentLifetime): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const { environment, ...limits } = input;
    if (!isInOrder(limits)) throw fieldRefused("defaultDays", "above_longest");
    const known = await tx.environment.findUnique({ where: { name: environment }, select: { name: true } });
    if (known === null) throw new AppError("RESOURCE_NOT_FOUND");
    const before = await tx.environmentLifetime.findUnique({ where: { environment } });
    const columns = { ...limits, updatedBy: actorId(ctx.actor) };
    await tx.environmentLifetime.upsert({
      where: { environment },
      create: { environment, ...columns },
      update: columns,
      select: { environment: true },
    });
    await recordAudit(tx, ctx, {
      action: "environment.lifetime",
      resource: { type: "environment", id: environment, name: environment },
      environment,
      details: {
        before: before && {
          defaultDays: before.defaultDays,
          longestDays: before.longestDays,
          graceDays: before.graceDays,
        },
        after: limits,
      },
    });
  });
}
