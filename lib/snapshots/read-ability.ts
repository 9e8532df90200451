import { z } from "zod";
import { storageClass } from "@/lib/clusters/schema";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { judgeAbility } from "./rules";
import type { SnapshotAbility } from "./schema";

const capabilities = z.looseObject({ snapshots: z.boolean() }).nullable().catch(null);

/** A step: whether the cluster can save this machine, and why not. */
export async function readAbility(tx: Tx, vmId: string): Promise<SnapshotAbility> {
  const rows = await tx.$queryRaw<{ detected: unknown; classes: unknown; storageClass: string | null }[]>`
    SELECT c.detected_capabilities AS detected, c.storage_classes AS classes, v.storage_class AS "storageClass"
    FROM vms v JOIN clusters c ON c.id = v.cluster_id WHERE v.id = ${vmId}`;
  const row = rows[0];
  if (row === undefined) throw new AppError("VM_NOT_FOUND");
  return judgeAbility({
    hasService: capabilities.parse(row.detected)?.snapshots ?? null,
    classes: storageClass.array().catch([]).parse(row.classes),
    storageClass: row.storageClass,
  });
}
