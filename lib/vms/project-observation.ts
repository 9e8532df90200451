import type { VirtualMachine, VirtualMachineInstance } from "@/lib/adapters/kubevirt/types";
import type { ObservedCondition, VmObservation } from "./observation";
import { labelPrefix } from "./render-vm";

/** A parsed object, reduced to what the portal keeps. */
export const projectObservation = { ofMachine, ofInstance };

function ofMachine(clusterId: string, vm: VirtualMachine): VmObservation {
  const conditions = (vm.status?.conditions ?? []).map(asCondition);
  return {
    ...place(clusterId, "vm", vm),
    ...defined("printableStatus", vm.status?.printableStatus),
    ...defined("ready", vm.status?.ready),
    ...defined("runStrategy", vm.spec.runStrategy),
    ...defined("ticketId", vm.metadata.labels[`${labelPrefix}/ticket-id`]),
    restartRequired: conditions.some(({ type, status }) => type === "RestartRequired" && status === "True"),
    conditions,
  };
}

function ofInstance(clusterId: string, instance: VirtualMachineInstance): VmObservation {
  const { status } = instance;
  const address = status?.interfaces[0];
  // Without a guest agent it is there and empty.
  const os = status?.guestOSInfo?.name === undefined ? undefined : status.guestOSInfo;
  return {
    ...place(clusterId, "vmi", instance),
    ...defined("phase", status?.phase),
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

function place(
  clusterId: string,
  kind: VmObservation["kind"],
  object: VirtualMachine | VirtualMachineInstance,
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
}

function asCondition({ type, status, reason, message }: ClusterCondition): ObservedCondition {
  return { type, status, ...defined("reason", reason), ...defined("message", message) };
}

/** Absent rather than undefined, so that equal observations have equal members. */
function defined<Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> {
  // A computed key widens to string; there is exactly this one.
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<Key, Value>>);
}
