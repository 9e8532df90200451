import { z } from "zod";

export interface KubevirtInstallation {
  version: string;
  phase: string;
  apiGroupVersion: string;
  featureGates: string[];
}

const namesMax = 200;
const deviceNames = z
  .array(z.object({ resourceName: z.string().max(317) }))
  .max(namesMax)
  .default([])
  .catch([]);

export const kubevirtSchema = z.object({
  spec: z
    .object({
      configuration: z
        .object({
          developerConfiguration: z
            .object({ featureGates: z.array(z.string().max(253)).max(namesMax).default([]).catch([]) })
            .optional()
            .catch(undefined),
          permittedHostDevices: z
            .object({ pciHostDevices: deviceNames, mediatedDevices: deviceNames })
            .optional()
            .catch(undefined),
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  status: z
    .object({
      observedKubeVirtVersion: z.string().max(64).default("").catch(""),
      phase: z.string().max(64).default("").catch(""),
    })
    .optional()
    .catch(undefined),
});
export type ReadKubevirt = z.output<typeof kubevirtSchema>;

/** A cluster has one; should it show several, the one that is deployed. */
export function chooseInstallation(found: ReadKubevirt[]): ReadKubevirt | null {
  return found.find((one) => one.status?.phase === "Deployed") ?? found[0] ?? null;
}

export function describeInstallation(
  installation: ReadKubevirt,
  groups: Map<string, string>,
): KubevirtInstallation {
  return {
    version: installation.status?.observedKubeVirtVersion ?? "",
    phase: installation.status?.phase ?? "",
    apiGroupVersion: groups.get("kubevirt.io") || "kubevirt.io/v1",
    featureGates: gatesOf(installation),
  };
}

export function gatesOf(installation: ReadKubevirt | null): string[] {
  return installation?.spec?.configuration?.developerConfiguration?.featureGates ?? [];
}

export function permittedDevices(installation: ReadKubevirt | null): { all: string[]; mediated: string[] } {
  const permitted = installation?.spec?.configuration?.permittedHostDevices;
  const mediated = (permitted?.mediatedDevices ?? []).map((one) => one.resourceName);
  const passedThrough = (permitted?.pciHostDevices ?? []).map((one) => one.resourceName);
  return { all: [...passedThrough, ...mediated], mediated };
}
