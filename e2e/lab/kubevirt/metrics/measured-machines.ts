import { domainOf, phaseOf } from "../controllers/machine-facts";
import { guestMemoryOf, virtualCpusOf } from "../controllers/scheduling";
import type { KubeObject } from "../objects";
import type { Measured } from "./measures";

/** The instances that run, as whoever measures them sees them. */
export function measuredMachines(instances: readonly KubeObject[]): Measured[] {
  return instances.filter((instance) => phaseOf(instance) === "Running").map(asMeasured);
}

export function asMeasured(instance: KubeObject): Measured {
  const { namespace = "default", name, creationTimestamp } = instance.metadata;
  const domain = domainOf(instance);
  return {
    ...{ namespace, name, startedAt: new Date(creationTimestamp) },
    cpuCores: virtualCpusOf(domain),
    memoryBytes: guestMemoryOf(domain),
  };
}
