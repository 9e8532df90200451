import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { requireKeeper } from "./require-keeper";
import type { DeleteView } from "./schema";

export function deleteView(ctx: Context, { viewId }: DeleteView): Promise<void> {
  return inTransaction(async (tx) => {
    const view = await requireKeeper(tx, ctx, viewId);
    await tx.vmView.delete({ where: { id: viewId }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "vm_view.delete",
      resource: { type: "vm_view", id: viewId, name: view.name },
      ...(view.systemId === null ? {} : { parent: { type: "system", id: view.systemId } }),
    });
  });
}
