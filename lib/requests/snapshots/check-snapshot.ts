import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { requireAble, requireFittingState, unknownSnapshot } from "@/lib/snapshots/rules";
import { readAbility } from "@/lib/snapshots/read-ability";
import type { MachineSubject } from "../check-creation";
import type { SubmitRequest } from "../schema";
import type { PlacedVm } from "../store";

type SnapshotSubmission = Extract<SubmitRequest, { operation: "CREATE_SNAPSHOT" | "RESTORE_SNAPSHOT" }>;

/** A step: the machine can be saved, or taken back to what was saved of it; checked again when it starts. */
export async function checkSnapshot(
  tx: Tx,
  vm: PlacedVm,
  input: SnapshotSubmission,
): Promise<MachineSubject> {
  requireFittingState(vm.status, input.operation);
  requireAble(await readAbility(tx, vm.vmId));
  const about =
    input.operation === "CREATE_SNAPSHOT" ? { label: input.label } : await requireReady(tx, vm, input);
  return {
    ...vm,
    resource: { type: "vm", id: vm.vmId, name: vm.vmName },
    duplicateKey: `vm/${vm.vmId}/${input.operation}`,
    templateId: null,
    instanceSizeId: null,
    demand: null,
    payload: { vmId: vm.vmId, reason: input.reason, ...about },
  };
}

async function requireReady(tx: Tx, { vmId }: PlacedVm, { snapshotId }: { snapshotId: string }) {
  const snapshot = await tx.vmSnapshot.findUnique({
    where: { id: snapshotId },
    select: { vmId: true, status: true, label: true },
  });
  if (snapshot?.vmId !== vmId) throw unknownSnapshot();
  if (snapshot.status !== "READY")
    throw new AppError("INVALID_STATE", { object: "snapshot", state: snapshot.status, move: "restore" });
  return { snapshotId, label: snapshot.label };
}
