import type { Cluster } from "../cluster";
import type { JsonObject } from "../json";
import { objectAt, objectsAt, textAt } from "../json";
import { instanceKind, kubevirtKind, quotaKind } from "../kinds";
import type { KubeObject } from "../objects";
import { parseQuantity } from "../quantities";
import { attachmentsOf } from "../networks";
import { domainOf, isLive } from "./machine-facts";
import { resourcesOf } from "./scheduling";

/** Why no launcher pod can be made for an instance, in KubeVirt's words; undefined when one can. */
export function obstacleBeforePod(cluster: Cluster, instance: KubeObject): string | undefined {
  return (
    unknownNetwork(cluster, instance) ??
    unpermittedDevice(cluster, instance) ??
    exceededQuota(cluster, instance)
  );
}

function unknownNetwork(cluster: Cluster, instance: KubeObject): string | undefined {
  const missing = attachmentsOf(cluster, instance).find((one) => one.definition === undefined);
  return (
    missing &&
    `failed to render launch manifest: failed to locate network attachment definition ${missing.wanted}`
  );
}

function unpermittedDevice(cluster: Cluster, instance: KubeObject): string | undefined {
  const [kubevirt] = cluster.store.list(kubevirtKind);
  const permitted = objectAt(kubevirt?.spec, "configuration", "permittedHostDevices");
  const devices = [...objectsAt(permitted, "pciHostDevices"), ...objectsAt(permitted, "mediatedDevices")];
  const names = devices.map((device) => textAt(device, "resourceName"));
  for (const [list, word] of [
    ["gpus", "GPU"],
    ["hostDevices", "HostDevice"],
  ]) {
    for (const device of objectsAt(domainOf(instance), "devices", list ?? "")) {
      const name = textAt(device, "deviceName") ?? "";
      if (names.includes(name)) continue;
      return `failed to render launch manifest: ${word} ${name} is not permitted in permittedHostDevices configuration`;
    }
  }
  return undefined;
}

const quotaNames: Record<string, string> = {
  "requests.memory": "memory",
  memory: "memory",
  "requests.cpu": "cpu",
  cpu: "cpu",
  pods: "pods",
};

function exceededQuota(cluster: Cluster, instance: KubeObject): string | undefined {
  const { namespace, name } = instance.metadata;
  const wanted = resourcesOf(cluster, instance);
  for (const quota of cluster.store.list(quotaKind, namespace)) {
    const used = usedIn(cluster, namespace, instance);
    for (const [limited, limit] of hardLimits(quota)) {
      const resource = quotaNames[limited] ?? limited.replace(/^requests\./, "");
      const asked = wanted.get(resource) ?? 0;
      const taken = used.get(resource) ?? 0;
      if (asked === 0 || taken + asked <= limit.amount) continue;
      const numbers = `requested: ${limited}=${print(asked)}, used: ${limited}=${print(taken)}, limited: ${limited}=${limit.text}`;
      return `failed to create virtual machine pod: pods "virt-launcher-${name}-${instance.metadata.uid.slice(0, 5)}" is forbidden: exceeded quota: ${quota.metadata.name}, ${numbers}`;
    }
  }
  return undefined;
}

function hardLimits(quota: KubeObject): [string, { amount: number; text: string }][] {
  const hard: JsonObject = objectAt(quota.spec, "hard");
  return Object.entries(hard).flatMap(([resource, value]): [string, { amount: number; text: string }][] => {
    const amount = parseQuantity(value);
    return amount === undefined ? [] : [[resource, { amount, text: String(value) }]];
  });
}

function usedIn(cluster: Cluster, namespace: string | undefined, except: KubeObject): Map<string, number> {
  const used = new Map<string, number>();
  for (const instance of cluster.store.list(instanceKind, namespace)) {
    const holdsPod = isLive(instance) && !["", "Pending"].includes(textAt(instance.status, "phase") ?? "");
    if (!holdsPod || instance.metadata.uid === except.metadata.uid) continue;
    for (const [resource, amount] of resourcesOf(cluster, instance))
      used.set(resource, (used.get(resource) ?? 0) + amount);
  }
  return used;
}

function print(amount: number): string {
  return Number.isInteger(amount) ? String(amount) : `${Math.round(amount * 1000)}m`;
}
