import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { SetQuota } from "./schema";
import { lockUsage, readLimits, writeLimits, type Room } from "./store";

/** Limits may lie below what is held: nothing is taken away, and nothing more fits until something goes. */
export function setQuota(
  ctx: Context,
  { systemId, environment, revision, ...limits }: SetQuota,
): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const room = { systemId, environment };
    const systemName = await requireRoom(tx, room);
    await lockUsage(tx, room);
    const { revision: current, ...before } = await readLimits(tx, room);
    if (revision !== undefined && revision !== current)
      throw new AppError("CONFLICT", { object: "quota", seen: revision, current });
    await writeLimits(tx, room, { limits, updatedBy: actorId(ctx.actor) });
    await recordAudit(tx, ctx, {
      action: "quota.update",
      resource: { type: "system", id: systemId, name: systemName },
      environment,
      details: { before: current === 0 ? null : before, after: limits },
    });
  });
}

async function requireRoom(tx: Tx, { systemId, environment }: Room): Promise<string> {
  const system = await tx.system.findUnique({ where: { id: systemId }, select: { name: true } });
  if (system === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "system" });
  const known = await tx.environment.findUnique({ where: { name: environment }, select: { name: true } });
  if (known === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "environment" });
  return system.name;
}
