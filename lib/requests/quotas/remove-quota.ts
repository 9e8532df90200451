import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { RemoveQuota } from "./schema";
import { lockUsage, readLimits } from "./store";

/** Without limits a System may hold whatever its environment's clusters hold. */
export function removeQuota(ctx: Context, room: RemoveQuota): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const quota = await tx.quota.findUnique({
      where: { systemId_environment: room },
      select: { system: { select: { name: true } } },
    });
    if (quota === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "quota" });
    await lockUsage(tx, room);
    const { revision: _revision, ...before } = await readLimits(tx, room);
    await tx.quota.deleteMany({ where: room });
    await recordAudit(tx, ctx, {
      action: "quota.update",
      resource: { type: "system", id: room.systemId, name: quota.system.name },
      environment: room.environment,
      details: { before, after: null },
    });
  });
}
