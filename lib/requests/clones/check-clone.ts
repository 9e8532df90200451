import { actorId, type Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { requireAble, requireFittingState } from "@/lib/snapshots/rules";
import { readAbility } from "@/lib/snapshots/read-ability";
import type { MachineSubject } from "../check-creation";
import { measureMachine } from "../quotas/store";
import { placeOfCreation, type PlacedVm } from "../store";
import type { RequestClone } from "./schema";

/** A step: the machine can be copied, and the copy may live there; checked again when it starts. */
export async function checkClone(
  tx: Tx,
  ctx: Context,
  vm: PlacedVm,
  input: RequestClone,
): Promise<MachineSubject> {
  requireFittingState(vm.status, "CLONE_VM");
  await requireFittingPlace(tx, vm, input.namespace);
  requireAble(await readAbility(tx, vm.vmId));
  const source = await tx.vm.findUniqueOrThrow({ where: { id: vm.vmId }, select: { origin: true } });
  // A machine that was found in a cluster has no template and no size that its copy could have.
  if (source.origin !== "request") throw new AppError("NOT_SUPPORTED", { operation: "CLONE_VM" });
  const { reason, startAfterClone = false } = input;
  return {
    ...vm,
    resource: { type: "vm", id: null, name: null },
    duplicateKey: `vm/${vm.vmId}/CLONE_VM/${actorId(ctx.actor)}`,
    templateId: null,
    instanceSizeId: null,
    demand: (await measureMachine(tx, vm.vmId))?.demand ?? null,
    payload: { vmId: vm.vmId, source: vm.vmName, reason, startAfterClone },
  };
}

/** The cluster copies within a namespace alone; what is copied elsewhere would have to be exported. */
async function requireFittingPlace(tx: Tx, vm: PlacedVm, wanted: string): Promise<void> {
  const { namespace, environment } = await placeOfCreation(tx, vm.serviceId, wanted);
  if (namespace === null) throw fieldRefused("namespace", "not_found");
  if (environment !== vm.environment)
    throw new AppError("ENVIRONMENT_MISMATCH", { expected: vm.environment, actual: environment });
  if (namespace !== vm.namespace)
    throw new AppError("CAPABILITY_NOT_SUPPORTED", { capability: "clone_namespace" });
}
