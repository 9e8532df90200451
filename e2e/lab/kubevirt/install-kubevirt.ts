import { timestamp } from "./clock";
import type { Cluster } from "./cluster";
import { writeStatusAs } from "./commit";
import { installObject } from "./install-object";
import type { Kind } from "./kinds";
import { definitionKind, kubevirtKind, resourceName } from "./kinds";
import { apiVersionOf } from "./objects";

/** Announces a kind the way its custom resource definition does. */
export function installDefinition(cluster: Cluster, kind: Kind): void {
  if (cluster.store.get(definitionKind, undefined, resourceName(kind))) return;
  installObject(
    cluster,
    {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: resourceName(kind) },
      spec: {
        group: kind.group,
        scope: kind.namespaced ? "Namespaced" : "Cluster",
        names: {
          kind: kind.kind,
          listKind: `${kind.kind}List`,
          plural: kind.plural,
          singular: kind.singular,
          shortNames: kind.shortNames,
        },
        versions: [
          {
            name: kind.version,
            served: true,
            storage: true,
            ...(kind.hasStatus && { subresources: { status: {} } }),
          },
        ],
      },
    },
    {
      acceptedNames: { kind: kind.kind, plural: kind.plural },
      conditions: [
        {
          type: "Established",
          status: "True",
          reason: "InitialNamesAccepted",
          message: "the initial names have been accepted",
          lastTransitionTime: timestamp(),
        },
      ],
      storedVersions: [kind.version],
    },
  );
}

export function installKubevirt(cluster: Cluster): void {
  const { featureGates, permittedGpus, defaultArchitecture } = cluster.inventory;
  const version = cluster.kubevirtVersion;
  const pciHostDevices = permittedGpus.map((resource) => ({
    pciVendorSelector: "10DE:2236",
    resourceName: resource,
  }));
  const draft = {
    apiVersion: apiVersionOf(kubevirtKind),
    kind: "KubeVirt",
    metadata: { name: "kubevirt", namespace: "kubevirt" },
    spec: {
      configuration: {
        vmRolloutStrategy: "LiveUpdate",
        developerConfiguration: { featureGates },
        permittedHostDevices: { pciHostDevices },
      },
    },
  };
  installObject(cluster, draft, {
    phase: "Deployed",
    observedKubeVirtVersion: version,
    targetKubeVirtVersion: version,
    operatorVersion: version,
    observedKubeVirtRegistry: "quay.io/kubevirt",
    defaultArchitecture,
    conditions: [
      {
        type: "Available",
        status: "True",
        reason: "AllComponentsReady",
        message: "All components are ready.",
      },
      {
        type: "Progressing",
        status: "False",
        reason: "AllComponentsReady",
        message: "All components are ready.",
      },
      {
        type: "Degraded",
        status: "False",
        reason: "AllComponentsReady",
        message: "All components are ready.",
      },
    ],
  });
}

/** A cluster that comes back with another version of KubeVirt shows it, as after an upgrade. */
export function upgradeKubevirt(cluster: Cluster): void {
  const version = cluster.kubevirtVersion;
  for (const kubevirt of cluster.store.list(kubevirtKind)) {
    const status = { ...kubevirt.status, observedKubeVirtVersion: version, targetKubeVirtVersion: version };
    writeStatusAs(cluster, "virt-operator", kubevirt, { ...status, operatorVersion: version });
  }
}
