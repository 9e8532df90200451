import { randomUUID } from "node:crypto";
import type { Cluster } from "../cluster";
import type { JsonObject } from "../json";
import { objectAt, textAt } from "../json";
import { kubevirtKind } from "../kinds";
import type { KubeObject } from "../objects";
import { asJson } from "../objects";

/** What the mutating webhook fills into a new virtual machine. */
export function defaultVirtualMachine(cluster: Cluster, vm: KubeObject): KubeObject {
  const template = objectAt(asJson(vm), "spec", "template");
  const instance = objectAt(template, "spec");
  if (Object.keys(template).length === 0) return vm;
  const [kubevirt] = cluster.store.list(kubevirtKind);
  const architecture = textAt(kubevirt && asJson(kubevirt), "status", "defaultArchitecture") ?? "amd64";
  const metadata = objectAt(template, "metadata");
  const filled: JsonObject = {
    ...template,
    metadata: {
      ...metadata,
      annotations: { "kubevirt.io/pci-topology-version": "v3", ...objectAt(metadata, "annotations") },
    },
    spec: { architecture, ...instance, domain: defaultDomain(objectAt(instance, "domain")) },
  };
  const spec: JsonObject = { ...vm.spec, template: filled };
  return { ...vm, spec: withMatcherKinds(spec) };
}

function defaultDomain(domain: JsonObject): JsonObject {
  return {
    resources: {},
    ...domain,
    machine: { type: "q35", ...objectAt(domain, "machine") },
    firmware: { uuid: randomUUID(), serial: randomUUID(), ...objectAt(domain, "firmware") },
  };
}

function withMatcherKinds(spec: JsonObject): JsonObject {
  const next = { ...spec };
  const defaults = {
    instancetype: "VirtualMachineClusterInstancetype",
    preference: "VirtualMachineClusterPreference",
  };
  for (const [member, kind] of Object.entries(defaults)) {
    const matcher = objectAt(spec, member);
    if (Object.keys(matcher).length > 0) next[member] = { kind, ...matcher };
  }
  return next;
}
