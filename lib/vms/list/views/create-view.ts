import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { requirePerson } from "@/lib/notifications/require-person";
import { viewsMax, type CreateView } from "./schema";

/** Keeps a search for oneself or, as one of its members, for everybody of a System. */
export async function createView(ctx: Context, input: CreateView): Promise<{ id: string; name: string }> {
  const { id: ownerId } = requirePerson(ctx);
  const id = newId();
  try {
    await inTransaction(async (tx) => {
      if (input.systemId !== null)
        await authorize(tx, ctx, "vm:read", { systemId: input.systemId, role: "member" });
      const kept = await tx.vmView.count({ where: { ownerId } });
      if (kept >= viewsMax) throw fieldRefused("name", "too_many", { maximum: viewsMax });
      await tx.vmView.create({ data: { id, ownerId, ...input }, select: { id: true } });
      await recordAudit(tx, ctx, {
        action: "vm_view.create",
        resource: { type: "vm_view", id, name: input.name },
        ...(input.systemId === null ? {} : { parent: { type: "system", id: input.systemId } }),
        details: { query: input.query },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id, name: input.name };
}
