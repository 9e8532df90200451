import { applySnapshot, readSnapshot, type MachineSnapshot } from "@/lib/adapters/kubevirt/snapshots";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
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
import { findSnapshotOrder, moveSnapshot, releaseVm, type SnapshotOrder } from "./store";

const recheckSeconds = 3;

/** One object by its own name, however often it is tried; it is read until the cluster says that it can be used. */
export function takeSnapshot(payload: { eventId: string }): Promise<void> {
  return runEvent(payload.eventId, {
    run: takeInCluster,
    fail: failSnapshot,
    timeoutSeconds: async (tx) => (await readSetting(tx, "vm.operation_timeout_minutes")) * 60,
  });
}

async function takeInCluster(lease: Lease, signal: AbortSignal): Promise<Outcome> {
  const order = await findSnapshotOrder(db(), lease.eventId);
  if (order === null) throw unknownSnapshot();
  const client = await connectCluster(order.clusterId);
  const object = (await findOurs(client, order)) ?? (await makeObject(client, order, signal));
  if (object.failure !== null) throw new AppError("CLUSTER_REJECTED", { message: object.failure });
  if (object.isReady) return { kind: "done", record: (tx) => recordReady(tx, lease, order, object) };
  return {
    kind: "waiting",
    recheckSeconds,
    steps: ["applied"],
    record: async (tx) => {
      await moveSnapshot(tx, order.id, "apply", { k8sUid: object.uid });
    },
  };
}

/** What was there once and is gone was taken away by somebody: a new one would show another moment. */
async function findOurs(client: ClusterClient, order: SnapshotOrder): Promise<MachineSnapshot | null> {
  const existing = await readSnapshot(client, order);
  if (existing !== null) requireOurs(existing, order);
  if (order.k8sUid === null || existing?.uid === order.k8sUid) return existing;
  throw new AppError("CLUSTER_REJECTED", { message: "the snapshot was removed from the cluster" });
}

async function makeObject(
  client: ClusterClient,
  order: SnapshotOrder,
  signal: AbortSignal,
): Promise<MachineSnapshot> {
  await requireMachine(client, order);
  const { namespace, name, vmName } = order;
  return applySnapshot(client, { namespace, name, labels: labelsOf(order), machine: vmName }, signal);
}

async function recordReady(
  tx: Tx,
  lease: Lease,
  order: SnapshotOrder,
  { uid, indications }: MachineSnapshot,
): Promise<void> {
  const { now: readyAt } = await atDatabaseTime(tx, platformContext("worker", lease.requestId));
  const ready = { k8sUid: uid, indications, readyAt, statusMessage: null };
  if (!(await moveSnapshot(tx, order.id, "finish", ready))) return;
  await releaseVm(tx, order.vmId, lease.eventId);
  await finishWork(tx, lease, order, { action: "vm.snapshot" });
}

/** A step: it failed for good, says why, and the machine is free again. */
async function failSnapshot(
  tx: Tx,
  lease: Lease,
  failure: { code: ErrorCode; params: Record<string, unknown> },
): Promise<void> {
  const message = describeFailure(failure);
  const order = await findSnapshotOrder(tx, lease.eventId);
  if (order === null) {
    await closeEvent(tx, lease.eventId, "fail", message);
    return;
  }
  await moveSnapshot(tx, order.id, "fail", { statusMessage: message });
  await releaseVm(tx, order.vmId, lease.eventId);
  await finishWork(tx, lease, order, { action: "vm.snapshot", message });
}
