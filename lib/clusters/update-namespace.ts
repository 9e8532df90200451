import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { UpdateNamespace } from "./schema";
import { requireOwner } from "./store";
import { requireWritableNamespace } from "./require-writable-namespace";

/** A disabled namespace takes no new requests; name and environment never change. */
export function updateNamespace(ctx: Context, input: UpdateNamespace): Promise<void> {
  return inTransaction(async (tx) => {
    const namespace = await requireWritableNamespace(tx, ctx, input.namespaceId);
    const { description, enabled, ownerId } = namespace;
    const after = {
      description: input.description ?? description,
      enabled: input.enabled ?? enabled,
      ownerId: input.ownerId === undefined ? ownerId : input.ownerId,
    };
    if (after.ownerId !== ownerId) await requireOwner(tx, after.ownerId);
    await tx.namespace.update({ where: { id: namespace.id }, data: after, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "namespace.update",
      resource: { type: "namespace", id: namespace.id, name: namespace.name },
      environment: namespace.environment,
      details: { before: { description, enabled, ownerId }, after },
    });
  });
}
