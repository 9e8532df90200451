import {
  applyLabels,
  readExpandedSpec,
  readFoundMachine,
  type FoundMachine,
} from "@/lib/adapters/kubevirt/adopt-machines";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { AppError } from "@/lib/core/errors";
import type { Lease } from "@/lib/core/leases";
import { runEvent, type Outcome } from "@/lib/core/run-event";
import { readSetting } from "@/lib/settings/read-setting";
import { carriesLabels, checkImport, fingerprintOf } from "./check-import";
import { failImport } from "./fail-import";
import { hasInstancetype, projectMachine } from "./project-machine";
import { recordImport } from "./record-import";
import { changedBeside } from "./rules";
import { importPayload, type ImportPayload, type ImportRefusal } from "./schema";

/** Labels → row. Twice is once: the same labels by the same manager change nothing, and the row has its lease. */
export function importVm(payload: { eventId: string }): Promise<void> {
  return runEvent(payload.eventId, {
    run: labelInCluster,
    fail: failImport,
    timeoutSeconds: async (tx) => (await readSetting(tx, "vm.operation_timeout_minutes")) * 60,
  });
}

async function labelInCluster(lease: Lease, signal: AbortSignal): Promise<Outcome> {
  const order = importPayload.parse(lease.payload);
  const client = await connectCluster(order.clusterId);
  const before = await readFoundMachine(client, order, signal);
  if (before === null) throw new AppError("VM_NOT_FOUND", { name: order.name });
  requireSameObject(before, order);
  const isDone = carriesLabels(before, order.labels);
  const { machine, changed } = isDone
    ? { machine: before, changed: [] }
    : await writeLabels(client, order, signal);
  const expanded = hasInstancetype(machine.spec) ? await readExpandedSpec(client, order) : null;
  const facts = projectMachine(machine, expanded);
  return { kind: "done", record: (tx) => recordImport(tx, lease, { order, facts, changed }) };
}

function requireSameObject(found: FoundMachine, { uid, name, namespace }: ImportPayload): void {
  if (found.uid !== uid) throw new AppError("FOREIGN_OBJECT", { name, namespace });
}

interface Labelled {
  machine: FoundMachine;
  /** What somebody else changed in the same moment: a dry run has just shown that the labels change nothing else. */
  changed: string[];
}

/** Tried once more without writing, written, and compared. */
async function writeLabels(
  client: ClusterClient,
  order: ImportPayload,
  signal: AbortSignal,
): Promise<Labelled> {
  const { found, patch, refusals } = await checkImport(client, order, signal);
  const refusal = refusals[0];
  if (refusal !== undefined || found === null || patch === null) throw refusedImport(order, refusal);
  requireSameObject(found, order);
  if (fingerprintOf(found) !== order.fingerprint) {
    throw new AppError("CONFLICT", { message: "its definition has changed since it was previewed" });
  }
  const machine = await applyLabels(client, patch, { dryRun: false, signal });
  return { machine, changed: changedBeside(found, machine, order.labels) };
}

/** Code for code what the preview would say now. */
function refusedImport(order: ImportPayload, refusal: ImportRefusal | undefined): AppError {
  const { name, namespace } = order;
  switch (refusal?.code) {
    case "forbidden":
      return new AppError("FORBIDDEN_FIELD", refusal.params);
    case "labelled":
    case "owned":
      return new AppError("FOREIGN_OBJECT", { name, namespace, ...refusal.params });
    case "gone":
    case undefined:
      return new AppError("VM_NOT_FOUND", { name });
    case "terminating":
    case "would_change":
      return new AppError("CONFLICT", { message: refusal.code, ...refusal.params });
    default:
      return new AppError("CLUSTER_REJECTED", refusal?.params);
  }
}
