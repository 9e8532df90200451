import { fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { hardware } from "@/lib/vms/hardware/schema";
import type { ModifiedVm } from "@/lib/vms/modification/find-modified-vm";
import type { ModificationWish } from "@/lib/vms/modification/schema";
import type { ModifyContext } from "./schema";

/** A step: the sizes that differ from what the disks have; they only grow, and only those that were read. */
export async function settleDisks(
  tx: Tx,
  vm: ModifiedVm,
  asked: Record<string, number>,
): Promise<NonNullable<ModificationWish["disks"]>> {
  if (Object.keys(asked).length === 0) return [];
  const known = await findGrowable(tx, vm.id);
  return Object.entries(asked).flatMap(([name, sizeGb]) => {
    const disk = known.find((one) => one.name === name);
    if (disk === undefined) throw fieldRefused("disks", "field_not_offered");
    if (sizeGb < disk.sizeGb) throw fieldRefused("disks", "too_small", { minimum: disk.sizeGb });
    return sizeGb === disk.sizeGb ? [] : [{ name, fromGb: disk.sizeGb, sizeGb }];
  });
}

/** A step: the disks besides the one a machine starts from, as its cluster had them last. */
export async function findGrowable(tx: Tx, vmId: string): Promise<ModifyContext["disks"]> {
  const row = await tx.vmLiveSpec.findUnique({ where: { vmId }, select: { hardware: true } });
  const read = hardware
    .nullable()
    .catch(null)
    .parse(row?.hardware ?? null);
  return (read?.disks ?? []).flatMap(({ name, isRoot, claim }) =>
    isRoot || claim === null ? [] : [{ name, sizeGb: claim.requestedGb, isExpandable: claim.isExpandable }],
  );
}
