import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { requireFitting } from "@/lib/vms/machine";
import { readModifiedVm, type ModifiedVm } from "@/lib/vms/modification/find-modified-vm";
import type { ModificationWish } from "@/lib/vms/modification/schema";
import { applyWish } from "@/lib/vms/modification/settings/rules";
import type { MachineSubject } from "../check-creation";
import type { Demand } from "../quotas/schema";
import { demandOf, demandOfMachine, differenceOf } from "../quotas/rules";
import type { PlacedVm } from "../store";
import { makeWish } from "./make-wish";
import type { PreviewModification } from "./schema";

/** A step: the change fits the machine, its size and its template; what it holds is what it adds (spec §5.13). */
export async function checkModification(
  tx: Tx,
  _ctx: Context,
  place: PlacedVm,
  input: PreviewModification,
): Promise<MachineSubject> {
  requireFitting(place.status, "MODIFY_VM");
  const vm = await readModifiedVm(tx, place.vmId);
  const { wish } = await makeWish(tx, { vm, place }, input);
  return {
    ...place,
    resource: { type: "vm", id: place.vmId, name: place.vmName },
    duplicateKey: `vm/${place.vmId}/MODIFY_VM`,
    templateId: null,
    instanceSizeId: null,
    demand: demandOfWish(vm, wish),
    payload: { vmId: place.vmId, reason: input.reason, wish },
  };
}

/** What a change adds to what the machine holds, less than nothing where it gives back. */
export function demandOfWish(vm: ModifiedVm, wish: ModificationWish): Demand {
  const grown = (wish.disks ?? []).reduce((sum, { fromGb, sizeGb }) => sum + sizeGb - fromGb, 0);
  if (vm.blueprint !== null) {
    const added = differenceOf(demandOf(vm.blueprint), demandOf(applyWish(vm.blueprint, wish, null)));
    return { ...added, diskGb: added.diskGb + grown };
  }
  const { cpuCores, memoryGi, diskGb } = vm;
  const now = { cpuCores, memoryGi, diskGb, gpus: 0, passthroughDevices: 0 };
  const becomes = {
    ...now,
    cpuCores: wish.cpu?.cores ?? cpuCores,
    memoryGi: wish.memory?.gi ?? memoryGi,
    diskGb: (wish.diskGb ?? diskGb) + grown,
  };
  return differenceOf(demandOfMachine(now), demandOfMachine(becomes));
}
