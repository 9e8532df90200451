import type { Cluster } from "../cluster";
import { conditionOf } from "../controllers/machine-facts";
import { Failure } from "../failures";
import { isEqual, textAt, valueAt } from "../json";
import { machineRestoreKind, virtualMachineKind } from "../kinds";
import type { KubeObject } from "../objects";

/** What a snapshot is of cannot be changed afterwards. */
export function reviewSnapshot(live: KubeObject | undefined, next: KubeObject): void {
  if (live && !isEqual(live.spec, next.spec))
    throw denied("virtualmachinesnapshot-validator.snapshot", "spec in immutable after creation", "spec");
}

/** One way back at a time for each machine, and it stays the one that was asked for. */
export function reviewRestore(cluster: Cluster, live: KubeObject | undefined, next: KubeObject): void {
  const webhook = "virtualmachinerestore-validator.snapshot";
  if (live) {
    if (!isEqual(live.spec, next.spec)) throw denied(webhook, "spec in immutable after creation", "spec");
    return;
  }
  const target = textAt(next.spec, "target", "name");
  const other = cluster.store
    .list(machineRestoreKind, next.metadata.namespace)
    .find((one) => textAt(one.spec, "target", "name") === target && isUnderWay(one));
  if (other)
    throw denied(webhook, `VirtualMachineRestore "${other.metadata.name}" in progress`, "spec.target");
}

/** What is copied has to be there, and stays what was asked for. */
export function reviewClone(cluster: Cluster, live: KubeObject | undefined, next: KubeObject): void {
  const webhook = "virtualmachineclone-validator.clone";
  if (live) {
    if (!isEqual(live.spec, next.spec)) throw denied(webhook, "spec in immutable after creation", "spec");
    return;
  }
  const { namespace } = next.metadata;
  const source = textAt(next.spec, "source", "name") ?? "";
  if (cluster.store.get(virtualMachineKind, namespace, source)) return;
  const message = `VirtualMachine "${source}" does not exist in namespace "${namespace}"`;
  throw denied(webhook, message, "spec.source");
}

/** A machine that is being saved or taken back is left alone by everybody else. */
export function reviewHeldMachine(live: KubeObject, next: KubeObject): void {
  const snapshot = textAt(live.status, "snapshotInProgress");
  const restore = textAt(live.status, "restoreInProgress");
  const isOther = (...path: string[]) => !isEqual(valueAt(live.spec, ...path), valueAt(next.spec, ...path));
  const changesPower = isOther("runStrategy") || isOther("running");
  const changesDisks =
    isOther("template", "spec", "volumes") || isOther("template", "spec", "domain", "devices", "disks");
  const webhook = "virtualmachine-validator";
  if (snapshot !== undefined && changesDisks)
    throw denied(webhook, `Cannot update vm disks or volumes until snapshot "${snapshot}" completes`, "spec");
  if (snapshot !== undefined && changesPower)
    throw denied(webhook, `Cannot update vm running state until snapshot "${snapshot}" completes`, "spec");
  if (restore !== undefined && changesPower)
    throw denied(webhook, `Cannot update VM runStrategy until restore "${restore}" completes`, "spec");
}

function isUnderWay(restore: KubeObject): boolean {
  return valueAt(restore.status, "complete") !== true && conditionOf(restore, "Failure")?.status !== "True";
}

function denied(webhook: string, message: string, field: string): Failure {
  return new Failure({
    code: 422,
    reason: "Invalid",
    message: `admission webhook "${webhook}.kubevirt.io" denied the request: ${message}`,
    details: { causes: [{ reason: "FieldValueInvalid", message, field }] },
  });
}
