import { timestamp } from "../clock";
import type { Cluster } from "../cluster";
import { writeAs, writeStatusAs } from "../commit";
import type { JsonObject } from "../json";
import { isEqual, numberAt, objectAt, textAt, valueAt } from "../json";
import { instanceKind, kubevirtKind } from "../kinds";
import type { Condition, KubeObject } from "../objects";
import { parseQuantity, quantityOr } from "../quantities";
import { toJson } from "./instance-phases";
import {
  conditionsOf,
  controllerName,
  domainOf,
  hasCondition,
  phaseOf,
  withCondition,
  withoutCondition,
} from "./machine-facts";
import { guestMemoryOf, virtualCpusOf } from "./scheduling";

/** KubeVirt's maxHotplugRatio where nobody has set another. */
const hotplugRatio = 4;
/** Memory is plugged into no guest that is smaller. */
const smallestGuest = 2 ** 30;
const plugMs = 600;

function updatesLive(cluster: Cluster): boolean {
  const [kubevirt] = cluster.store.list(kubevirtKind);
  return textAt(kubevirt?.spec, "configuration", "vmRolloutStrategy") === "LiveUpdate";
}

/** The most that an instance may grow to while it runs stands in its own spec. */
export function withRoomToGrow(cluster: Cluster, spec: JsonObject): JsonObject {
  if (!updatesLive(cluster)) return spec;
  const domain = objectAt(spec, "domain");
  const cpu = objectAt(domain, "cpu");
  const memory = objectAt(domain, "memory");
  const sockets = numberAt(cpu, "sockets") ?? 1;
  const guest = parseQuantity(memory["guest"]);
  const canGrow = guest !== undefined && guest >= smallestGuest && memory["hugepages"] === undefined;
  const maxGuest = canGrow ? `${Math.round((guest * hotplugRatio) / 2 ** 20)}Mi` : undefined;
  return {
    ...spec,
    domain: {
      ...domain,
      cpu: { cores: 1, threads: 1, ...cpu, sockets, maxSockets: cpu["maxSockets"] ?? sockets * hotplugRatio },
      ...(valueAt(domain, "memory") !== undefined && {
        memory: { ...memory, ...(maxGuest !== undefined && { maxGuest: memory["maxGuest"] ?? maxGuest }) },
      }),
    },
  };
}

/** Why the machine has to be restarted before it is what its template says; stays until another instance runs. */
export function restartCondition(
  cluster: Cluster,
  vm: KubeObject,
  instance: KubeObject,
): Condition | undefined {
  if (hasCondition(vm, "RestartRequired"))
    return conditionsOf(vm).find(({ type }) => type === "RestartRequired");
  const message = restartReason(cluster, vm, instance);
  return message === undefined ? undefined : { type: "RestartRequired", status: "True", message };
}

function restartReason(cluster: Cluster, vm: KubeObject, instance: KubeObject): string | undefined {
  // An instance type changes what the instance is made of, so only plain templates can be compared.
  if (vm.spec?.["instancetype"] !== undefined) return undefined;
  const wanted = objectAt(vm.spec, "template", "spec");
  if (!isEqual(fixedPartOf(instance.spec ?? {}, cluster), fixedPartOf(wanted, cluster)))
    return "a non-live-updatable field was changed in the template spec";
  if (!updatesLive(cluster)) return undefined;
  return socketsReason(wanted, instance) ?? memoryReason(wanted, instance);
}

function socketsReason(wanted: JsonObject, instance: KubeObject): string | undefined {
  const sockets = numberAt(wanted, "domain", "cpu", "sockets") ?? 1;
  const { cpu } = domainOf(instance);
  if (sockets === (numberAt(cpu, "sockets") ?? 1)) return undefined;
  if (sockets > (numberAt(cpu, "maxSockets") ?? 0))
    return "CPU sockets updated in template spec to a value higher than what's available";
  if (sockets < (numberAt(cpu, "sockets") ?? 1)) return "Reduction of CPU socket count requires a restart";
  if (valueAt(wanted, "domain", "devices", "networkInterfaceMultiqueue") === true)
    return "Changes to CPU sockets require a restart when NetworkInterfaceMultiQueue is enabled";
  return undefined;
}

function memoryReason(wanted: JsonObject, instance: KubeObject): string | undefined {
  const guest = parseQuantity(valueAt(wanted, "domain", "memory", "guest"));
  const now = parseQuantity(valueAt(domainOf(instance), "memory", "guest"));
  if (guest === undefined || guest === now) return undefined;
  if (!hasCondition(instance, "LiveMigratable"))
    return "memory updated in template spec. Memory-hotplug is only available for migratable VMs";
  if (guest < quantityOr(valueAt(instance.status, "memory", "guestAtBoot"), 0))
    return "memory updated in template spec to a value lower than what the VM started with";
  if (guest > quantityOr(valueAt(domainOf(instance), "memory", "maxGuest"), 0))
    return "memory updated in template spec to a value higher than what's available";
  return undefined;
}

/** What KubeVirt never carries over to an instance that runs. */
function fixedPartOf(spec: JsonObject, cluster: Cluster): JsonObject {
  const { startStrategy: _, nodeSelector, affinity, tolerations, ...rest } = spec;
  const placing: JsonObject = { nodeSelector, affinity, tolerations };
  const domain = objectAt(rest, "domain");
  const { maxSockets: _m, sockets, ...cpu } = objectAt(domain, "cpu");
  const { maxGuest: _g, guest, ...memory } = objectAt(domain, "memory");
  const shape: JsonObject = { cores: cpu["cores"] ?? 1, threads: cpu["threads"] ?? 1 };
  const isLive = updatesLive(cluster);
  return {
    ...rest,
    ...(isLive ? {} : placing),
    domain: {
      ...domain,
      cpu: { ...cpu, ...shape, ...(isLive ? {} : { sockets: sockets ?? 1 }) },
      memory: { ...memory, ...(isLive ? {} : { guest }) },
      resources: objectAt(domain, "resources"),
    },
  };
}

/** Carries what may change over to the running instance; it has it a little later. */
export function plugIn(cluster: Cluster, vm: KubeObject, instance: KubeObject): void {
  if (!updatesLive(cluster) || phaseOf(instance) !== "Running" || vm.spec?.["instancetype"] !== undefined)
    return;
  if (restartCondition(cluster, vm, instance) !== undefined) return;
  const wanted = objectAt(vm.spec, "template", "spec", "domain");
  const domain = domainOf(instance);
  const sockets = numberAt(wanted, "cpu", "sockets") ?? 1;
  const guest = valueAt(wanted, "memory", "guest");
  const changesCpu = sockets !== (numberAt(domain, "cpu", "sockets") ?? 1);
  const changesMemory = guest !== undefined && parseQuantity(guest) !== guestMemoryOf(domain);
  if (!changesCpu && !changesMemory) return;
  const spec: JsonObject = {
    ...instance.spec,
    domain: {
      ...domain,
      ...(changesCpu && { cpu: { ...objectAt(domain, "cpu"), sockets } }),
      ...(changesMemory && { memory: { ...objectAt(domain, "memory"), guest } }),
    },
  };
  const changed = writeAs(cluster, controllerName, instance, { ...instance, spec });
  const types = [changesCpu ? "HotVCPUChange" : "", changesMemory ? "HotMemoryChange" : ""].filter(Boolean);
  const conditions = types.reduce(
    (list, type) => withCondition(list, { type, status: "True" }, timestamp()),
    conditionsOf(changed),
  );
  writeStatusAs(cluster, controllerName, changed, { ...changed.status, conditions: toJson(conditions) });
  cluster.clock.after(plugMs, () => finishPlugging(cluster, changed, types));
}

/** The guest has them: the instance says what it has now. */
function finishPlugging(cluster: Cluster, object: KubeObject, types: string[]): void {
  const { namespace, name, uid } = object.metadata;
  const instance = cluster.store.get(instanceKind, namespace, name);
  if (instance?.metadata.uid !== uid) return;
  const memory = `${Math.round(guestMemoryOf(domainOf(instance)) / 2 ** 20)}Mi`;
  writeStatusAs(cluster, "virt-handler", instance, {
    ...instance.status,
    conditions: toJson(types.reduce(withoutCondition, conditionsOf(instance))),
    currentCPUTopology: { cores: virtualCpusOf(domainOf(instance)), sockets: 1, threads: 1 },
    memory: { ...objectAt(instance.status, "memory"), guestCurrent: memory, guestRequested: memory },
  });
}
