import type { Cluster } from "../cluster";
import type { Cause } from "../failures";
import type { JsonObject } from "../json";
import { objectAt, objectsAt, textAt, valueAt } from "../json";
import { findKindByName, kubevirtKind } from "../kinds";
import type { KubeObject } from "../objects";
import { asJson } from "../objects";
import { parseQuantity } from "../quantities";
import { invalidField } from "./causes";
import { reviewDisks } from "./disk-rules";
import { reviewInstance } from "./instance-rules";
import { reviewNetworks } from "./network-rules";
import { reviewProcessors } from "./processor-rules";
import { reviewVolumes } from "./volume-rules";

const runStrategies = ["Always", "Halted", "Manual", "RerunOnFailure", "Once"];

export function reviewVirtualMachine(
  cluster: Cluster,
  vm: KubeObject,
  live: KubeObject | undefined,
): { causes: Cause[]; warnings: string[] } {
  const spec = vm.spec ?? {};
  const instance = objectAt(spec, "template", "spec");
  const warnings =
    spec["running"] === undefined ? [] : ["spec.running is deprecated, please use spec.runStrategy instead."];
  if (valueAt(spec, "template") === undefined) return { causes: [], warnings };
  const gates = featureGatesOf(cluster);
  const causes = [
    ...reviewRunStrategy(spec),
    ...reviewInstanceType(cluster, vm),
    ...reviewDisks(objectAt(instance, "domain", "devices"), objectsAt(instance, "volumes")),
    ...reviewVolumes(instance, gates),
    ...reviewNetworks(instance),
    ...reviewMemory(spec, objectAt(instance, "domain")),
    ...reviewProcessors(instance, gates),
    ...reviewInstance(instance, gates),
    ...reviewDataVolumeTemplates(spec),
    ...(live ? reviewStorageChange(vm, live) : []),
  ];
  return { causes, warnings };
}

function featureGatesOf(cluster: Cluster): string[] {
  const [kubevirt] = cluster.store.list(kubevirtKind);
  const configuration = objectAt(kubevirt?.spec, "configuration", "developerConfiguration");
  const gates = configuration["featureGates"];
  return Array.isArray(gates) ? gates.map(String) : [];
}

function reviewRunStrategy(spec: JsonObject): Cause[] {
  const strategy = textAt(spec, "runStrategy");
  const isRunningSet = spec["running"] !== undefined;
  if (isRunningSet && strategy !== undefined) {
    const message =
      "Running and RunStrategy are mutually exclusive. Note that Running is deprecated, please use RunStrategy instead";
    return [invalidField("spec.running", message)];
  }
  if (strategy === undefined)
    return isRunningSet ? [] : [invalidField("spec.running", "RunStrategy must be specified")];
  if (runStrategies.includes(strategy)) return [];
  return [invalidField("spec.runStrategy", `Invalid RunStrategy (${strategy})`)];
}

/** An instance type decides these, so the machine may not say them too. */
function reviewInstanceType(cluster: Cluster, vm: KubeObject): Cause[] {
  const spec = vm.spec ?? {};
  if (spec["instancetype"] === undefined) return [];
  const missing = missingInstanceType(cluster, vm);
  if (missing !== undefined) {
    const message = `Failure to find instancetype: ${missing}`;
    return [{ reason: "FieldValueNotFound", message, field: "spec.instancetype" }];
  }
  const decided = [
    "cpu.cores",
    "cpu.sockets",
    "cpu.threads",
    "cpu.dedicatedCpuPlacement",
    "memory.guest",
    "memory.hugepages",
  ];
  const domain = objectAt(spec, "template", "spec", "domain");
  const taken = [...decided, "resources.requests.cpu", "resources.requests.memory", "resources.limits.cpu"]
    .filter((path) => valueAt(domain, ...path.split(".")) !== undefined)
    .map((path) => `spec.template.spec.domain.${path}`);
  return taken.map((field) =>
    invalidField(field, `VM field(s) ${field} conflicts with selected instance type`),
  );
}

function missingInstanceType(cluster: Cluster, vm: KubeObject): string | undefined {
  const name = textAt(vm.spec, "instancetype", "name");
  if (name === undefined) return undefined;
  const isCluster = !/^virtualmachineinstancetypes?$/i.test(textAt(vm.spec, "instancetype", "kind") ?? "");
  const kindName = isCluster ? "VirtualMachineClusterInstancetype" : "VirtualMachineInstancetype";
  const kind = findKindByName("instancetype.kubevirt.io/v1beta1", kindName);
  const namespace = isCluster ? undefined : vm.metadata.namespace;
  if (!kind || cluster.store.get(kind, namespace, name)) return undefined;
  return `${kind.plural}.${kind.group} ${JSON.stringify(name)} not found`;
}

function reviewMemory(spec: JsonObject, domain: JsonObject): Cause[] {
  const causes: Cause[] = [];
  const base = "spec.template.spec.domain";
  for (const path of [
    "resources.requests.memory",
    "resources.limits.memory",
    "memory.guest",
    "resources.requests.cpu",
    "resources.limits.cpu",
  ]) {
    const value = valueAt(domain, ...path.split("."));
    const amount = parseQuantity(value);
    if (value === undefined) continue;
    if (amount === undefined) {
      const message = `${base}.${path} '${String(value)}': quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`;
      causes.push(invalidField(`${base}.${path}`, message));
    } else if (amount <= 0) {
      causes.push(
        invalidField(`${base}.${path}`, `${base}.${path} '${String(value)}': must be greater than 0.`),
      );
    }
  }
  const requested = parseQuantity(valueAt(domain, "resources", "requests", "memory"));
  const limit = parseQuantity(valueAt(domain, "resources", "limits", "memory"));
  if (requested !== undefined && limit !== undefined && requested > limit) {
    const message = `${base}.resources.requests.memory '${String(valueAt(domain, "resources", "requests", "memory"))}' is greater than ${base}.resources.limits.memory '${String(valueAt(domain, "resources", "limits", "memory"))}'`;
    causes.push(invalidField(`${base}.resources.requests.memory`, message));
  }
  causes.push(...reviewGuestMemory(domain, base), ...reviewHugepages(domain, base));
  if (
    spec["instancetype"] === undefined &&
    requested === undefined &&
    valueAt(domain, "memory") === undefined
  ) {
    const message = `no memory requested, at least one of ${base}.memory.guest, ${base}.memory.hugepages.size or ${base}.resources.requests.memory must be set`;
    causes.push({ reason: "FieldValueRequired", message, field: `${base}.memory.guest` });
  }
  return causes;
}

function reviewGuestMemory(domain: JsonObject, base: string): Cause[] {
  const guest = valueAt(domain, "memory", "guest");
  const limit = valueAt(domain, "resources", "limits", "memory");
  const most = parseQuantity(limit);
  if (most === undefined || (parseQuantity(guest) ?? 0) <= most) return [];
  const message = `${base}.memory.guest '${String(guest)}' must be equal to or less than the memory limit ${base}.resources.limits.memory '${String(limit)}'`;
  return [invalidField(`${base}.memory.guest`, message)];
}

function reviewHugepages(domain: JsonObject, base: string): Cause[] {
  const size = textAt(domain, "memory", "hugepages", "pageSize");
  if (size === undefined) return [];
  const page = parseQuantity(size);
  const field = `${base}.hugepages.size`;
  if (page === undefined) {
    const pattern =
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    return [invalidField(field, `${field} '${size}': ${pattern}`)];
  }
  // KubeVirt looks at what is requested, which is the guest's memory only where nothing is said.
  const written = valueAt(domain, "resources", "requests", "memory") ?? valueAt(domain, "memory", "guest");
  const memory = parseQuantity(written);
  if (memory === undefined) return [];
  if (memory < page) {
    const larger = `${base}.resources.requests.memory '${String(written)}' must be equal to or larger than page size ${field} '${size}'`;
    return [invalidField(`${base}.resources.requests.memory`, larger)];
  }
  if (memory % page === 0) return [];
  const message = `${base}.resources.requests.memory '${String(written)}' is not a multiple of the page size ${field} '${size}'`;
  return [invalidField(`${base}.resources.requests.memory`, message)];
}

function reviewDataVolumeTemplates(spec: JsonObject): Cause[] {
  const used = objectsAt(spec, "template", "spec", "volumes").map((volume) =>
    textAt(volume, "dataVolume", "name"),
  );
  return objectsAt(spec, "dataVolumeTemplates").flatMap((template, index) => {
    const name = textAt(template, "metadata", "name") ?? "";
    const field = `spec.dataVolumeTemplate[${index}]`;
    if (name === "")
      return [
        invalidField(field, "'name' field must not be empty for DataVolumeTemplate entry " + `${field}.`),
      ];
    if (used.includes(name)) return [];
    const message = `DataVolumeTemplate entry ${field} must be referenced in the VMI template's 'volumes' list`;
    return [invalidField(field, message)];
  });
}

/** While a snapshot is being taken the disks and the running state stay as they are. */
function reviewStorageChange(vm: KubeObject, live: KubeObject): Cause[] {
  const snapshot = textAt(asJson(live), "status", "snapshotInProgress");
  if (snapshot === undefined) return [];
  const isSame = (...path: string[]) =>
    JSON.stringify(valueAt(asJson(vm), "spec", ...path)) ===
    JSON.stringify(valueAt(asJson(live), "spec", ...path));
  const causes: Cause[] = [];
  if (!isSame("template", "spec", "volumes") || !isSame("template", "spec", "domain", "devices", "disks")) {
    const message = `Cannot update vm disks or volumes until snapshot "${snapshot}" completes`;
    causes.push(invalidField("spec.template.spec.domain.devices.disks", message));
  }
  if (!isSame("runStrategy") || !isSame("running")) {
    const message = `Cannot update vm running state until snapshot "${snapshot}" completes`;
    causes.push(invalidField("spec.runStrategy", message));
  }
  return causes;
}
