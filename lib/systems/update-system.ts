import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { UpdateSystem } from "./schema";
import { lockSystem } from "./store";

/**
 * The description, and whether the System is listed, which is its owners' choice; names stand in the names of machines
 * (spec §5.9).
 */
export function updateSystem(ctx: Context, { systemId, ...given }: UpdateSystem): Promise<void> {
  return inTransaction(async (tx) => {
    const system = await lockSystem(tx, systemId);
    const role = given.listed === undefined ? "admin" : "owner";
    await authorize(tx, ctx, "system:write", { systemId: system.id, role });
    const changed = {
      ...(given.description === undefined ? {} : { description: given.description }),
      ...(given.listed === undefined ? {} : { listed: given.listed }),
    };
    await tx.system.update({ where: { id: system.id }, data: changed, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "system.update",
      resource: { type: "system", id: system.id, name: system.name },
      details: changed,
    });
  });
}
