import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import {
  applyRestore,
  deleteRestore,
  readRestore,
  type MachineRestore,
} from "@/lib/adapters/kubevirt/snapshots";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { platformContext } from "@/lib/core/context";
import { atDatabaseTime } from "@/lib/core/database-time";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { closeEvent } from "@/lib/core/events";
import type { Lease } from "@/lib/core/leases";
import { runEvent, type Outcome } from "@/lib/core/run-event";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import type { ErrorCode } from "@/lib/vocabulary/error-codes";
import { describeFailure, finishWork } from "./finish-work";
import { labelsOf, requireMachine, requireOurs } from "./require-ours";
import { unknownSnapshot } from "./rules";
import { findRestoreOrder, moveRestore, releaseVm, type RestoreOrder } from "./store";

const recheckSeconds = 3;

/** The cluster makes new volumes of the snapshot and gives them to the stopped machine. */
export function restoreSnapshot(payload: { eventId: string }): Promise<void> {
  return runEvent(payload.eventId, {
    run: restoreInCluster,
    fail: failRestore,
    timeoutSeconds: restoreSeconds,
  });
}

const restoreSeconds = async (tx: Tx) => (await readSetting(tx, "vm.operation_timeout_minutes")) * 60;

async function restoreInCluster(lease: Lease, signal: AbortSignal): Promise<Outcome> {
  const order = await findRestoreOrder(db(), lease.eventId);
  if (order === null) throw unknownSnapshot();
  const client = await connectCluster(order.clusterId);
  const object = (await findOurs(client, order)) ?? (await makeObject(client, order, signal));
  if (object.failure !== null) throw new AppError("CLUSTER_REJECTED", { message: object.failure });
  if (object.isComplete) return { kind: "done", record: (tx) => recordRestored(tx, lease, order) };
  if (lease.ageSeconds > (await restoreSeconds(db()))) await withdraw(client, order, object);
  return {
    kind: "waiting",
    recheckSeconds,
    steps: ["applied"],
    record: async (tx) => {
      await moveRestore(tx, order.restoreId, "apply", { k8sUid: object.uid });
    },
  };
}

async function findOurs(client: ClusterClient, order: RestoreOrder): Promise<MachineRestore | null> {
  const { namespace, restoreName: name, ticketId } = order;
  const existing = await readRestore(client, { namespace, name });
  if (existing !== null) requireOurs(existing, { namespace, name, ticketId });
  if (order.restoreUid === null || existing?.uid === order.restoreUid) return existing;
  throw new AppError("CLUSTER_REJECTED", { message: "the restore was removed from the cluster" });
}

/** A machine that somebody has started since would be waited for, and then lose what it has written. */
async function makeObject(
  client: ClusterClient,
  order: RestoreOrder,
  signal: AbortSignal,
): Promise<MachineRestore> {
  const { isStopped } = await requireMachine(client, order);
  if (!isStopped) throw new AppError("INVALID_STATE", { object: "vm", state: "RUNNING", move: "restore" });
  const { namespace, restoreName: name, vmName: machine, name: snapshot } = order;
  return applyRestore(client, { namespace, name, labels: labelsOf(order), machine, snapshot }, signal);
}

/** What has taken too long is given up in the cluster too, where it would keep the machine from starting. */
async function withdraw(client: ClusterClient, order: RestoreOrder, { uid }: MachineRestore): Promise<void> {
  await deleteRestore(client, { namespace: order.namespace, name: order.restoreName, uid });
}

async function recordRestored(tx: Tx, lease: Lease, order: RestoreOrder): Promise<void> {
  const { now: completedAt } = await atDatabaseTime(tx, platformContext("worker", lease.requestId));
  if (!(await moveRestore(tx, order.restoreId, "finish", { completedAt, statusMessage: null }))) return;
  await releaseVm(tx, order.vmId, lease.eventId);
  await finishWork(tx, lease, order, { action: "vm.restore" });
}

/** A step: the way back has failed for good and says why; the machine is free again. */
async function failRestore(
  tx: Tx,
  lease: Lease,
  failure: { code: ErrorCode; params: Record<string, unknown> },
): Promise<void> {
  const message = describeFailure(failure);
  const order = await findRestoreOrder(tx, lease.eventId);
  if (order === null) {
    await closeEvent(tx, lease.eventId, "fail", message);
    return;
  }
  await moveRestore(tx, order.restoreId, "fail", { statusMessage: message });
  await releaseVm(tx, order.vmId, lease.eventId);
  await finishWork(tx, lease, order, { action: "vm.restore", message });
}
