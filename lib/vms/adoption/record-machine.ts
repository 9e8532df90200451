import { isUniqueViolation } from "@/lib/core/database-failures";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";
import { vmMachine, type VmState } from "@/lib/vms/machine";
import type { VmObservation } from "@/lib/vms/observation";
import { judgeObservation, type VmFacts } from "@/lib/vms/rules";
import { observeAdoptedJob } from "./jobs";
import type { MachineFacts } from "./project-machine";
import type { LockedService } from "./store";

export interface MachineToRecord {
  origin: "adopted" | "imported";
  clusterId: string;
  namespace: string;
  name: string;
  uid: string;
  instance: string;
  facts: Omit<MachineFacts, "spec" | "annotations">;
  createdBy: string;
}

/**
 * A step: a machine that already runs somewhere gets its row, and is looked at afresh; the System's owners hear of it.
 * @throws ALREADY_EXISTS
 */
export async function recordMachine(
  tx: Tx,
  service: Pick<LockedService, "id" | "systemId">,
  machine: MachineToRecord,
): Promise<{ id: string; name: string }> {
  const id = newId();
  const { facts, uid, ...columns } = machine;
  try {
    await tx.vm.create({
      data: {
        ...columns,
        id,
        serviceId: service.id,
        k8sUid: uid,
        hostname: facts.hostname,
        status: statusOf(machine),
        clusterStatus: facts.printableStatus,
        cpuCores: facts.cpuCores,
        memoryGi: facts.memoryGi,
        diskGb: facts.diskGb,
        storageClass: facts.storageClass,
      },
      select: { id: true },
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw new AppError("ALREADY_EXISTS", { name: machine.name });
    throw error;
  }
  await enqueue(tx, observeAdoptedJob, { vmId: id });
  await tellOwners(tx, service.systemId, { id, ...machine });
  return { id, name: machine.name };
}

/** What the cluster last said of it, by the machine's own table. */
function statusOf({ clusterId, namespace, name, uid, facts }: MachineToRecord): VmState {
  const seen: VmObservation = {
    clusterId,
    kind: "vm",
    namespace,
    name,
    uid,
    resourceVersion: "",
    deleted: false,
    terminating: false,
    conditions: [],
    ...(facts.printableStatus === null ? {} : { printableStatus: facts.printableStatus }),
  };
  const { move } = judgeObservation({ ...nothingKnown, k8sUid: uid }, seen);
  return move === null ? nothingKnown.status : vmMachine.moves[move].to;
}

const nothingKnown: VmFacts = {
  status: "UNKNOWN",
  statusMessage: null,
  clusterStatus: null,
  ip: null,
  node: null,
  osInfo: null,
  k8sUid: null,
  vmiUid: null,
  restartRequired: false,
  importProgress: null,
  symptoms: null,
  activeEventType: null,
  vmiUidBefore: null,
};

const operationOf = { adopted: "ADOPT", imported: "IMPORT" } as const;

async function tellOwners(
  tx: Tx,
  systemId: string,
  vm: { id: string; name: string; origin: "adopted" | "imported"; createdBy: string },
): Promise<void> {
  const owners = await tx.$queryRaw<{ id: string }[]>`
    SELECT user_id AS id FROM resource_role_bindings
    WHERE resource_type = 'system' AND resource_id = ${systemId} AND role = 'owner' AND user_id <> ${vm.createdBy}
      AND (expires_at IS NULL OR expires_at > now()) LIMIT 200`;
  await notifyUsers(
    tx,
    owners.map(({ id }) => id),
    {
      kind: "VM_STATUS_CHANGE",
      params: { vm: vm.name, operation: operationOf[vm.origin], succeeded: true },
      resource: { type: "vm", id: vm.id },
    },
  );
}
