import { timestamp } from "./clock";
import type { Cluster } from "./cluster";
import { createAs, writeStatusAs } from "./commit";
import { installObject, writer } from "./install-object";
import { installImporter } from "./install-importer";
import { installInstancetypes } from "./install-instancetypes";
import { installDefinition, installKubevirt, upgradeKubevirt } from "./install-kubevirt";
import { installLegacyMachines } from "./install-legacy";
import type { NetworkPlan, NodePlan, StorageClassPlan } from "./inventory";
import { networkResource } from "./networks";
import { kinds, nodeKind } from "./kinds";

/** Puts up what an administrator would have installed; a cluster read back from disk keeps what it has. */
export function installInventory(cluster: Cluster): void {
  const isNew = cluster.store.list(nodeKind).length === 0;
  if (isNew) installHardware(cluster);
  for (const kind of kinds.filter((one) => one.isCustom)) installDefinition(cluster, kind);
  if (isNew) installOperators(cluster);
  else upgradeKubevirt(cluster);
  installInstancetypes(cluster);
  if (isNew && cluster.inventory.hasLegacyMachines) installLegacyMachines(cluster);
}

function installHardware(cluster: Cluster): void {
  for (const name of cluster.inventory.namespaces) installNamespace(cluster, name);
  for (const plan of cluster.inventory.nodes) installNode(cluster, plan);
  for (const plan of cluster.inventory.storageClasses) installStorageClass(cluster, plan);
  for (const network of cluster.inventory.networks) installNetwork(cluster, network);
}

function installOperators(cluster: Cluster): void {
  installKubevirt(cluster);
  installImporter(cluster);
}

function installNamespace(cluster: Cluster, name: string): void {
  const metadata = { name, labels: { "kubernetes.io/metadata.name": name } };
  const draft = { apiVersion: "v1", kind: "Namespace", metadata, spec: { finalizers: ["kubernetes"] } };
  writeStatusAs(cluster, writer, createAs(cluster, writer, draft), {
    phase: "Active",
  });
}

function installNode(cluster: Cluster, plan: NodePlan): void {
  const labels = {
    "kubernetes.io/hostname": plan.name,
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": cluster.inventory.defaultArchitecture,
    "node-role.kubernetes.io/worker": "",
    "kubevirt.io/schedulable": "true",
    cpumanager: "true",
    ...plan.labels,
  };
  const extended = Object.fromEntries(
    Object.entries(plan.extended ?? {}).map(([key, amount]) => [key, String(amount)]),
  );
  const shared = {
    pods: String(plan.pods ?? 250),
    "devices.kubevirt.io/kvm": "1k",
    "devices.kubevirt.io/tun": "1k",
    ...extended,
  };
  const now = timestamp();
  installObject(
    cluster,
    { apiVersion: "v1", kind: "Node", metadata: { name: plan.name, labels }, spec: {} },
    {
      capacity: {
        cpu: String(plan.cpu),
        memory: `${plan.memoryGi}Gi`,
        "ephemeral-storage": "500Gi",
        ...shared,
      },
      allocatable: {
        cpu: `${plan.cpu * 1000 - 500}m`,
        memory: `${plan.memoryGi - 2}Gi`,
        "ephemeral-storage": "460Gi",
        ...shared,
      },
      conditions: [
        {
          type: "Ready",
          status: "True",
          reason: "KubeletReady",
          message: "kubelet is posting ready status",
          lastHeartbeatTime: now,
          lastTransitionTime: now,
        },
      ],
      addresses: [{ type: "Hostname", address: plan.name }],
      nodeInfo: {
        kubeletVersion: "v1.36.2",
        kernelVersion: "6.12.0",
        osImage: "Lab OS",
        architecture: cluster.inventory.defaultArchitecture,
        operatingSystem: "linux",
        containerRuntimeVersion: "cri-o://1.36.0",
      },
    },
  );
}

function installStorageClass(cluster: Cluster, plan: StorageClassPlan): void {
  const annotations: Record<string, string> = plan.isDefault
    ? { "storageclass.kubernetes.io/is-default-class": "true" }
    : {};
  installObject(cluster, {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: plan.name, annotations },
    provisioner: plan.provisioner,
    reclaimPolicy: "Delete",
    volumeBindingMode: plan.volumeBindingMode ?? "Immediate",
    allowVolumeExpansion: plan.allowsExpansion ?? false,
  });
  const claimPropertySets = [
    { accessModes: plan.accessModes ?? ["ReadWriteOnce"], volumeMode: plan.volumeMode ?? "Filesystem" },
  ];
  installObject(
    cluster,
    {
      apiVersion: "cdi.kubevirt.io/v1beta1",
      kind: "StorageProfile",
      metadata: { name: plan.name },
      spec: {},
    },
    { claimPropertySets, provisioner: plan.provisioner, storageClass: plan.name, cloneStrategy: "copy" },
  );
  if (plan.accessModes?.includes("ReadWriteMany")) {
    installObject(cluster, {
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: { name: `${plan.name}-snapshots` },
      driver: plan.provisioner,
      deletionPolicy: "Delete",
    });
  }
}

function installNetwork(cluster: Cluster, network: NetworkPlan): void {
  const config = JSON.stringify({ cniVersion: "0.3.1", name: network.name, type: network.type });
  const annotations: Record<string, string> =
    network.resource === undefined ? {} : { [networkResource]: network.resource };
  installObject(cluster, {
    apiVersion: "k8s.cni.cncf.io/v1",
    kind: "NetworkAttachmentDefinition",
    metadata: { name: network.name, namespace: network.namespace, annotations },
    spec: { config },
  });
}
