import { confirmDeletion } from "@/lib/access/confirm-deletion";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { requireFitting } from "@/lib/vms/machine";
import { waitsForMaintenance } from "@/lib/vms/power/rules";
import type { Operation } from "@/lib/vocabulary/operations";
import type { MachineSubject } from "./check-creation";
import type { SubmitRequest } from "./schema";
import type { PlacedVm } from "./store";

type VmSubmission = Exclude<
  SubmitRequest,
  {
    operation:
      | ("CREATE_VM" | "MODIFY_VM" | "SYSTEM_ACCESS" | "INCREASE_QUOTA")
      | ("CREATE_SNAPSHOT" | "RESTORE_SNAPSHOT" | "CLONE_VM");
  }
>;

/** An operation on a VM must fit its state now; it is checked again when it starts. */
export async function checkOperation(
  tx: Tx,
  ctx: Context,
  { vm, input }: { vm: PlacedVm; input: VmSubmission },
): Promise<MachineSubject> {
  if (input.operation !== "EXTEND_VM" && input.operation !== "SCHEDULE_VM") {
    requireFitting(vm.status, input.operation);
    requireNoMaintenance(ctx, vm, input.operation);
  }
  if (input.operation === "DELETE_VM" && vm.isProtected) {
    throw new AppError("DELETION_PROTECTED", { vmId: vm.vmId });
  }
  if (input.operation === "DELETE_VM") await confirmDeletion(tx, ctx, confirmationOf(vm, input));
  return {
    ...vm,
    resource: { type: "vm", id: vm.vmId, name: vm.vmName },
    // Two people may each ask for the console; any other operation is one thing whoever asks.
    duplicateKey: [
      "vm",
      vm.vmId,
      input.operation,
      ...(input.operation === "VNC_ACCESS" ? [actorId(ctx.actor)] : []),
    ].join("/"),
    templateId: null,
    instanceSizeId: null,
    demand: null,
    payload: {
      vmId: vm.vmId,
      vmiUid: vm.vmiUid,
      reason: input.reason,
      ...(input.operation === "VNC_ACCESS"
        ? { minutes: input.minutes, covers: input.covers ?? ["console"] }
        : {}),
      ...(input.operation === "EXTEND_VM" ? { days: input.days } : {}),
      ...(input.operation === "SCHEDULE_VM" ? { timeZone: input.timeZone, entries: input.entries } : {}),
    },
  };
}

/** What the platform itself has decided, such as a schedule, goes on; its worker asks until the cluster can. */
function requireNoMaintenance(ctx: Context, vm: PlacedVm, operation: Operation): void {
  if (!vm.inMaintenance || ctx.actor.kind === "platform" || !waitsForMaintenance(operation)) return;
  throw new AppError("CLUSTER_MAINTENANCE", { vm: vm.vmName });
}

/** Production wants the name typed, test a plain yes (spec §5.15). */
function confirmationOf(vm: PlacedVm, input: Extract<VmSubmission, { operation: "DELETE_VM" }>) {
  return {
    entity: { type: "vm", id: vm.vmId, name: vm.vmName },
    environment: vm.environment,
    provided: vm.environmentClass === "prod" ? input.confirmName : (input.confirmName ?? input.confirm),
  };
}
