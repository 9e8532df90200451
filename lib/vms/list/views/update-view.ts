import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { requireKeeper } from "./require-keeper";
import type { UpdateView } from "./schema";

export async function updateView(ctx: Context, { viewId, ...input }: UpdateView): Promise<void> {
  const changes = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  try {
    await inTransaction(async (tx) => {
      const view = await requireKeeper(tx, ctx, viewId);
      await tx.vmView.update({ where: { id: viewId }, data: changes, select: { id: true } });
      await recordAudit(tx, ctx, {
        action: "vm_view.update",
        resource: { type: "vm_view", id: viewId, name: input.name ?? view.name },
        ...(view.systemId === null ? {} : { parent: { type: "system", id: view.systemId } }),
        details: changes,
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name"))
      throw fieldRefused("name", "already_exists", { name: input.name ?? "" });
    throw error;
  }
}
