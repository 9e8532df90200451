import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { requireWritableNamespace } from "./require-writable-namespace";
import type { RemoveNamespace } from "./schema";

/** Only the registry's row goes, and only while nothing is or may come there; clusters keep theirs (spec §5.5). */
export function removeNamespace(ctx: Context, input: RemoveNamespace): Promise<void> {
  return inTransaction(async (tx) => {
    const namespace = await requireWritableNamespace(tx, ctx, input.namespaceId);
    await confirmDeletion(tx, ctx, {
      entity: { type: "namespace", id: namespace.id, name: namespace.name },
      environment: namespace.environment,
      provided: input.confirmName,
    });
    await refuseInUse(tx, namespace.name);
    await tx.clusterNamespace.deleteMany({ where: { name: namespace.name } });
    await tx.namespace.delete({ where: { id: namespace.id }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "namespace.delete",
      resource: { type: "namespace", id: namespace.id, name: namespace.name },
      environment: namespace.environment,
    });
  });
}

async function refuseInUse(tx: Tx, name: string): Promise<void> {
  const vms = await tx.vm.count({ where: { namespace: name } });
  if (vms > 0) {
    throw new AppError("DELETE_RESTRICTED", { entity: "namespace", children: "vms", childCount: vms });
  }
  const open = await tx.approvalTicket.count({
    where: { namespace: name, status: { in: ["PENDING", "APPROVED", "EXECUTING"] } },
  });
  if (open > 0) {
    throw new AppError("DELETE_RESTRICTED", { entity: "namespace", children: "requests", childCount: open });
  }
}
