import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { RemoveSize } from "./schema";
import { lockSize } from "./store";

/** @throws DELETE_RESTRICTED while a machine is of this size or somebody waits for one */
export function removeSize(ctx: Context, input: RemoveSize): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "instance_size:write");
    const size = await lockSize(tx, input.name);
    await confirmDeletion(tx, ctx, {
      entity: { type: "instance_size", id: size.id, name: size.name },
      provided: input.confirmName,
    });
    await refuseInUse(tx, size.id);
    await tx.instanceSize.delete({ where: { id: size.id }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "instance_size.delete",
      resource: { type: "instance_size", id: size.id, name: size.name },
      details: { version: size.version },
    });
  });
}

async function refuseInUse(tx: Tx, instanceSizeId: string): Promise<void> {
  const uses = {
    vms: await tx.vm.count({ where: { instanceSizeId } }),
    requests: await tx.approvalTicket.count({
      where: { instanceSizeId, status: { in: ["PENDING", "APPROVED", "EXECUTING"] } },
    }),
  };
  const used = Object.entries(uses).find(([, count]) => count > 0);
  if (used === undefined) return;
  const [children, childCount] = used;
  throw new AppError("DELETE_RESTRICTED", { entity: "instance_size", children, childCount, ...uses });
}
