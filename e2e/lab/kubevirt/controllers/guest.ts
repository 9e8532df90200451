import { createHash, randomUUID } from "node:crypto";
import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import type { Json, JsonObject } from "../json";
import { objectAt, objectsAt, textAt, valueAt } from "../json";
import { claimKind, nodeKind } from "../kinds";
import type { Condition, KubeObject } from "../objects";
import { conditionsOf, domainOf, volumesOf, withCondition, withoutCondition } from "./machine-facts";
import { guestMemoryOf, virtualCpusOf } from "./scheduling";

/** What an instance's status says from the moment the guest runs. */
export function runningStatus(
  cluster: Cluster,
  instance: KubeObject,
): { conditions: Condition[]; [key: string]: Json | Condition[] | undefined } {
  const domain = domainOf(instance);
  const memory = `${Math.round(guestMemoryOf(domain) / 2 ** 20)}Mi`;
  const dedicated = valueAt(domain, "cpu", "dedicatedCpuPlacement") === true;
  return {
    conditions: runningConditions(cluster, instance),
    activePods: { [podUidOf(instance)]: textAt(instance.status, "nodeName") ?? "" },
    interfaces: interfacesOf(cluster, instance),
    volumeStatus: volumeStatusesOf(instance),
    memory: { guestAtBoot: memory, guestCurrent: memory, guestRequested: memory, memoryOverhead: "268Mi" },
    currentCPUTopology: { cores: virtualCpusOf(domain), sockets: 1, threads: 1 },
    qosClass: dedicated ? "Guaranteed" : "Burstable",
    machine: { type: "pc-q35-rhel9.6.0" },
    migrationMethod: "LiveMigration",
    migrationTransport: "Unix",
    guestOSInfo: {},
    virtualMachineRevisionName: `revision-start-vm-${instance.metadata.ownerReferences?.[0]?.uid ?? ""}-${instance.metadata.annotations?.["kubevirt.io/vm-generation"] ?? "1"}`,
  };
}

function podUidOf(instance: KubeObject): string {
  return Object.keys(objectAt(instance.status, "activePods"))[0] ?? randomUUID();
}

function runningConditions(cluster: Cluster, instance: KubeObject): Condition[] {
  const now = timestamp();
  const obstacle = migrationObstacle(cluster, instance);
  const paused = textAt(instance.spec, "startStrategy") === "Paused";
  const next: Condition[] = [
    { type: "Ready", status: "True" },
    { type: "LiveMigratable", status: obstacle ? "False" : "True", ...obstacle },
    { type: "StorageLiveMigratable", status: "True" },
    ...(paused ? [pausedCondition] : []),
    ...(volumesOf(instance).some((volume) => volume["dataVolume"] !== undefined)
      ? [
          {
            type: "DataVolumesReady",
            status: "True",
            reason: "AllDVsReady",
            message: "All of the VMI's DVs are bound and ready",
          } satisfies Condition,
        ]
      : []),
  ];
  const before = withoutCondition(withoutCondition(conditionsOf(instance), "PodScheduled"), "Synchronized");
  return next.reduce((list, condition) => withCondition(list, condition, now), before);
}

export const pausedCondition: Condition = {
  type: "Paused",
  status: "True",
  reason: "PausedByUser",
  message: "VMI was paused by user",
};

function migrationObstacle(
  cluster: Cluster,
  instance: KubeObject,
): { reason: string; message: string } | undefined {
  const devices = domainOf(instance)["devices"];
  if (objectsAt(devices, "gpus").length + objectsAt(devices, "hostDevices").length > 0) {
    return { reason: "HostDeviceNotLiveMigratable", message: "VMI uses a PCI host devices" };
  }
  if (objectsAt(devices, "interfaces").some((device) => device["bridge"] !== undefined)) {
    const message =
      "cannot migrate VMI which does not use masquerade, bridge with kubevirt.io/allow-pod-bridge-network-live-migration VM annotation or a migratable plugin to connect to the pod network";
    return { reason: "InterfaceNotLiveMigratable", message };
  }
  for (const volume of volumesOf(instance)) {
    const name = textAt(volume, "persistentVolumeClaim", "claimName") ?? textAt(volume, "dataVolume", "name");
    const claim =
      name === undefined ? undefined : cluster.store.get(claimKind, instance.metadata.namespace, name);
    const modes = claim?.spec?.["accessModes"];
    if (claim && Array.isArray(modes) && !modes.includes("ReadWriteMany")) {
      const message = `cannot migrate VMI: PVC ${name} is not shared, live migration requires that all PVCs must be shared (using ReadWriteMany access mode)`;
      return { reason: "DisksNotLiveMigratable", message };
    }
  }
  return undefined;
}

function interfacesOf(cluster: Cluster, instance: KubeObject): Json[] {
  const node = textAt(instance.status, "nodeName") ?? "";
  const subnet = cluster.store.list(nodeKind).findIndex((one) => one.metadata.name === node) + 1;
  const devices = objectsAt(domainOf(instance), "devices", "interfaces");
  return devices.map((device, index): JsonObject => {
    const hash = createHash("sha256").update(`${instance.metadata.uid}/${index}`).digest();
    const address = `10.244.${(subnet % 32) * 8 + ((hash[0] ?? 0) % 8)}.${((hash[1] ?? 0) % 250) + 2}`;
    const mac =
      textAt(device, "macAddress") ??
      `02:${[...hash.subarray(2, 7)].map((byte) => byte.toString(16).padStart(2, "0")).join(":")}`;
    return {
      name: textAt(device, "name") ?? "default",
      interfaceName: `enp${index + 1}s0`,
      podInterfaceName: index === 0 ? "eth0" : `pod${hash.toString("hex").slice(0, 11)}`,
      ipAddress: address,
      ipAddresses: [address],
      mac,
      infoSource: "domain, guest-agent",
      queueCount: 1,
      linkState: "up",
    };
  });
}

function volumeStatusesOf(instance: KubeObject): Json[] {
  return volumesOf(instance).map((volume, index): JsonObject => {
    const name = textAt(volume, "name") ?? "";
    const claimName =
      textAt(volume, "persistentVolumeClaim", "claimName") ?? textAt(volume, "dataVolume", "name");
    const target = `vd${String.fromCharCode(97 + index)}`;
    if (claimName === undefined) return { name, target, size: 1048576 };
    return { name, target, persistentVolumeClaimInfo: { claimName, requests: {}, volumeMode: "Block" } };
  });
}
