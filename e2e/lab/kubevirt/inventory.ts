export interface NodePlan {
  name: string;
  cpu: number;
  memoryGi: number;
  pods?: number | undefined;
  /** Further allocatable resources, such as `nvidia.com/A10: 2` or `hugepages-1Gi: 8Gi`. */
  extended?: Record<string, string | number> | undefined;
  labels?: Record<string, string> | undefined;
}

export interface StorageClassPlan {
  name: string;
  provisioner: string;
  isDefault?: boolean | undefined;
  volumeBindingMode?: "Immediate" | "WaitForFirstConsumer" | undefined;
  accessModes?: string[] | undefined;
  volumeMode?: "Block" | "Filesystem" | undefined;
  allowsExpansion?: boolean | undefined;
}

export interface NetworkPlan {
  namespace: string;
  name: string;
  type: string;
  /** What a machine takes of its node for each connection, where the network is one of hardware. */
  resource?: string | undefined;
}

export interface Inventory {
  nodes: NodePlan[];
  storageClasses: StorageClassPlan[];
  namespaces: string[];
  /** Network attachments as `namespace/name`. */
  networks: NetworkPlan[];
  featureGates: string[];
  permittedGpus: string[];
  defaultArchitecture: string;
  /** CDI names its upload proxy without `https://`, as it does behind an ingress. */
  namesUploadProxyByHost?: boolean;
  /** A namespace with machines that somebody made by hand. */
  hasLegacyMachines?: boolean;
}

export const defaultInventory: Inventory = {
  nodes: [
    {
      name: "node-a",
      cpu: 64,
      memoryGi: 256,
      extended: { "nvidia.com/GA102GL_A10": 2, "hugepages-2Mi": "4Gi", "hugepages-1Gi": "16Gi" },
    },
    { name: "node-b", cpu: 64, memoryGi: 256, extended: { "hugepages-2Mi": "4Gi", "hugepages-1Gi": "0" } },
    { name: "node-c", cpu: 32, memoryGi: 128, extended: { "intel.com/sriov_net": 8 } },
  ],
  storageClasses: [
    {
      name: "fast",
      provisioner: "rook-ceph.rbd.csi.ceph.com",
      isDefault: true,
      accessModes: ["ReadWriteMany", "ReadWriteOnce"],
      volumeMode: "Block",
      allowsExpansion: true,
    },
    {
      name: "standard",
      provisioner: "nfs.csi.k8s.io",
      accessModes: ["ReadWriteMany"],
      volumeMode: "Filesystem",
      allowsExpansion: true,
    },
    {
      name: "local",
      provisioner: "topolvm.io",
      volumeBindingMode: "WaitForFirstConsumer",
      accessModes: ["ReadWriteOnce"],
      volumeMode: "Filesystem",
    },
  ],
  namespaces: ["default", "kube-system", "kube-public", "kubevirt", "cdi"],
  networks: [
    { namespace: "default", name: "vlan-100", type: "bridge" },
    { namespace: "default", name: "sriov-net", type: "sriov", resource: "intel.com/sriov_net" },
  ],
  featureGates: [
    "HotplugVolumes",
    "Snapshot",
    "VMExport",
    "ExpandDisks",
    "GPU",
    "HostDevices",
    "NUMA",
    "CPUManager",
  ],
  permittedGpus: ["nvidia.com/GA102GL_A10"],
  defaultArchitecture: "amd64",
};
