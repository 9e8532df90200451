import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { fieldRefused } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { storageClass, type ChooseStorageClass } from "./schema";
import { lockCluster } from "./store";

/** The class that root disks get where nobody chooses one; only a detected one can be chosen. */
export function chooseStorageClass(ctx: Context, input: ChooseStorageClass): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "cluster:write");
    const cluster = await lockCluster(tx, input.clusterId);
    const row = await tx.cluster.findUniqueOrThrow({
      where: { id: cluster.id },
      select: { storageClasses: true, defaultStorageClass: true },
    });
    const detected = storageClass.array().catch([]).parse(row.storageClasses);
    if (!detected.some(({ name }) => name === input.storageClass)) {
      throw fieldRefused("storageClass", "not_found", { storageClass: input.storageClass });
    }
    await tx.cluster.update({
      where: { id: cluster.id },
      data: { defaultStorageClass: input.storageClass, version: { increment: 1 } },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "cluster.update",
      resource: { type: "cluster", id: cluster.id, name: cluster.name },
      environment: cluster.environment,
      details: {
        before: { defaultStorageClass: row.defaultStorageClass },
        after: { defaultStorageClass: input.storageClass },
      },
    });
  });
}
