import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { UpdateSystem } from "./schema";
import { lockSystem } from "./store";

/** Only the description can change; names stand in the names of machines (spec §5.9). */
export function updateSystem(ctx: Context, input: UpdateSystem): Promise<void> {
  return inTransaction(async (tx) => {
    const system = await lockSystem(tx, input.systemId);
    await authorize(tx, ctx, "system:write", { systemId: system.id, role: "admin" });
    await tx.system.update({
      where: { id: system.id },
      data: { description: input.description },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "system.update",
      resource: { type: "system", id: system.id, name: system.name },
      details: { description: input.description },
    });
  });
}
