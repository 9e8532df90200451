import type { VirtualMachine, VirtualMachineInstance } from "@/lib/adapters/kubevirt/types";
import type { WatchedVolume } from "@/lib/adapters/kubevirt/watch-volumes";
import type { ObservedCondition, ObservedLabels, VmObservation } from "./observation";
import { labelPrefix, managedBy } from "./render-vm";

/** A parsed object, reduced to what the portal keeps. */
export const projectObservation = { ofMachine, ofInstance, ofVolume };

function ofMachine(clusterId: string, vm: VirtualMachine): VmObservation {
  const conditions = (vm.status?.conditions ?? []).map(asCondition);
  return {
    ...place(clusterId, "vm", vm),
    ...defined("printableStatus", vm.status?.printableStatus),
    ...defined("ready", vm.status?.ready),
    ...defined("runStrategy", vm.spec.runStrategy),
    ...defined("ticketId", labelOf(vm.metadata.labels, "ticket-id")),
    ...defined("labels", labelsOf(vm.metadata.labels)),
    ...defined("startFailure", startFailureOf(vm)),
    ...defined("removalSince", vm.metadata.deletionTimestamp?.toISOString()),
    ...defined("finalizers", vm.metadata.finalizers),
    restartRequired: conditions.some(({ type, status }) => type === "RestartRequired" && status === "True"),
    conditions,
  };
}

function ofInstance(clusterId: string, instance: VirtualMachineInstance): VmObservation {
  const { status } = instance;
  const address = status?.interfaces[0];
  // Without a guest agent it is there and empty.
  const os = status?.guestOSInfo?.name === undefined ? undefined : status.guestOSInfo;
  const isFailed = status?.phase === "Failed";
  return {
    ...place(clusterId, "vmi", instance),
    ...defined("phase", status?.phase),
    ...defined("failure", isFailed ? (status.reason ?? "Failed") : undefined),
    ...defined("failedMigration", failedMigrationOf(instance)),
    ...defined("node", status?.nodeName),
    ...defined("ip", address?.ipAddress),
    ...defined("ips", address?.ipAddresses),
    ...defined(
      "osInfo",
      os && { ...defined("name", os.prettyName ?? os.name), ...defined("version", os.version) },
    ),
    conditions: (status?.conditions ?? []).map(asCondition),
  };
}

/** Of the machine that the volume's label names; null when it names none. */
function ofVolume(clusterId: string, volume: WatchedVolume): VmObservation | null {
  const name = labelOf(volume.metadata.labels, "hostname");
  if (name === undefined) return null;
  const { phase, progress } = volume.status ?? {};
  return {
    ...place(clusterId, "dv", volume),
    name,
    volumeName: volume.metadata.name,
    ...defined("volumeTrouble", troubleOf(volume)),
    ...defined("importProgress", phase === "Succeeded" ? undefined : progress),
    conditions: [],
  };
}

function startFailureOf({ status }: VirtualMachine): VmObservation["startFailure"] {
  const failure = status?.startFailure;
  if (failure === undefined) return undefined;
  const { consecutiveFailCount: failures, retryAfterTimestamp } = failure;
  return { failures, ...defined("retryAt", retryAfterTimestamp?.toISOString()) };
}

function failedMigrationOf({ status }: VirtualMachineInstance): VmObservation["failedMigration"] {
  const migration = status?.migrationState;
  if (migration?.failed !== true) return undefined;
  return {
    ...defined("reason", migration.failureReason),
    ...defined("endedAt", migration.endTimestamp?.toISOString()),
  };
}

/** A claim that is not bound yet says so in passing; anything else it says is trouble. */
const passingClaim = /^PVC \S+ (?:Pending|Bound)$/;
const failingReason = /err|fail|back-?off|oom|evict/i;

function troubleOf({ status }: WatchedVolume): VmObservation["volumeTrouble"] {
  const { phase = "", conditions = [] } = status ?? {};
  if (phase === "Succeeded") return undefined;
  const running = conditions.find(({ type }) => type === "Running");
  const bound = conditions.find(({ type }) => type === "Bound");
  const said = (one: typeof running) => ({
    phase,
    ...defined("reason", one?.reason),
    ...defined("message", one?.message),
  });
  if (running?.status === "False" && failingReason.test(running.reason ?? "")) return said(running);
  if (phase === "Failed" || phase === "WaitForFirstConsumer") return said(bound);
  const isWaiting = bound !== undefined && bound.status !== "True" && bound.message !== undefined;
  return isWaiting && !passingClaim.test(bound.message ?? "") ? said(bound) : undefined;
}

const labelValue = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

function labelOf(labels: Record<string, string>, name: string): string | undefined {
  const value = labels[`${labelPrefix}/${name}`];
  return value !== undefined && labelValue.test(value) ? value : undefined;
}

function labelsOf(labels: Record<string, string>): ObservedLabels | undefined {
  if (labelOf(labels, "managed-by") !== managedBy) return undefined;
  return {
    ...defined("system", labelOf(labels, "system")),
    ...defined("service", labelOf(labels, "service")),
    ...defined("serviceId", labelOf(labels, "service-id")),
    ...defined("instance", labelOf(labels, "instance")),
    ...defined("createdBy", labelOf(labels, "created-by")),
  };
}

function place(
  clusterId: string,
  kind: VmObservation["kind"],
  object: Pick<VirtualMachine | VirtualMachineInstance, "metadata">,
): Omit<VmObservation, "conditions"> {
  const { namespace, name, uid, resourceVersion, deletionTimestamp } = object.metadata;
  const terminating = deletionTimestamp !== undefined;
  return { clusterId, kind, namespace, name, uid, resourceVersion, deleted: false, terminating };
}

interface ClusterCondition {
  type: string;
  status: string;
  reason?: string | undefined;
  message?: string | undefined;
  lastTransitionTime?: Date | undefined;
}

function asCondition({
  type,
  status,
  reason,
  message,
  lastTransitionTime,
}: ClusterCondition): ObservedCondition {
  return {
    type,
    status,
    ...defined("reason", reason),
    ...defined("message", message),
    ...defined("since", lastTransitionTime?.toISOString()),
  };
}

/** Absent rather than undefined, so that equal observations have equal members. */
function defined<Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> {
  // A computed key widens to string; there is exactly this one.
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<Key, Value>>);
}
