/** The package of type declarations that describes a kind, and the declaration's name there. */
export interface Declaration {
  from: "kubevirt" | "containerized-data-importer" | "kubernetes";
  name: string;
}

export interface Kind {
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular: string;
  shortNames: string[];
  namespaced: boolean;
  hasStatus: boolean;
  isCustom: boolean;
  declaration?: Declaration;
}

type Traits = Partial<Pick<Kind, "shortNames" | "hasStatus" | "isCustom" | "declaration" | "plural">> & {
  cluster?: boolean;
};

function define(groupVersion: string, kind: string, traits: Traits = {}): Kind {
  const [group = "", version = ""] = groupVersion.includes("/")
    ? groupVersion.split("/")
    : ["", groupVersion];
  const singular = kind.toLowerCase();
  return {
    group,
    version,
    kind,
    plural: traits.plural ?? pluralOf(singular),
    singular,
    shortNames: traits.shortNames ?? [],
    namespaced: !traits.cluster,
    hasStatus: traits.hasStatus ?? true,
    isCustom: traits.isCustom ?? true,
    ...(traits.declaration && { declaration: traits.declaration }),
  };
}

function pluralOf(singular: string): string {
  if (singular.endsWith("s")) return `${singular}es`;
  return singular.endsWith("y") ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}

const kubevirt = (name: string): Declaration => ({ from: "kubevirt", name });
const importer = (name: string): Declaration => ({ from: "containerized-data-importer", name });
const native = (name: string, traits: Traits = {}): Traits => ({
  isCustom: false,
  declaration: { from: "kubernetes", name },
  ...traits,
});

export const virtualMachineKind = define("kubevirt.io/v1", "VirtualMachine", {
  shortNames: ["vm", "vms"],
  declaration: kubevirt("V1VirtualMachine"),
});
// The status of an instance has no subresource of its own; KubeVirt writes it with plain updates.
export const instanceKind = define("kubevirt.io/v1", "VirtualMachineInstance", {
  shortNames: ["vmi", "vmis"],
  hasStatus: false,
  declaration: kubevirt("V1VirtualMachineInstance"),
});
export const migrationKind = define("kubevirt.io/v1", "VirtualMachineInstanceMigration", {
  shortNames: ["vmim", "vmims"],
  declaration: kubevirt("V1VirtualMachineInstanceMigration"),
});
export const kubevirtKind = define("kubevirt.io/v1", "KubeVirt", {
  shortNames: ["kv", "kvs"],
  declaration: kubevirt("V1KubeVirt"),
});
export const machineSnapshotKind = define("snapshot.kubevirt.io/v1beta1", "VirtualMachineSnapshot", {
  shortNames: ["vmsnapshot", "vmsnapshots"],
});
export const snapshotContentKind = define("snapshot.kubevirt.io/v1beta1", "VirtualMachineSnapshotContent", {
  shortNames: ["vmsnapshotcontent", "vmsnapshotcontents"],
});
export const machineRestoreKind = define("snapshot.kubevirt.io/v1beta1", "VirtualMachineRestore", {
  shortNames: ["vmrestore", "vmrestores"],
});
export const machineCloneKind = define("clone.kubevirt.io/v1beta1", "VirtualMachineClone", {
  shortNames: ["vmclone", "vmclones"],
});
export const dataVolumeKind = define("cdi.kubevirt.io/v1beta1", "DataVolume", {
  shortNames: ["dv", "dvs"],
  declaration: importer("V1beta1DataVolume"),
});
export const claimKind = define(
  "v1",
  "PersistentVolumeClaim",
  native("IoK8sApiCoreV1PersistentVolumeClaim", { shortNames: ["pvc"] }),
);
export const namespaceKind = define(
  "v1",
  "Namespace",
  native("IoK8sApiCoreV1Namespace", { cluster: true, shortNames: ["ns"] }),
);
export const nodeKind = define(
  "v1",
  "Node",
  native("IoK8sApiCoreV1Node", { cluster: true, shortNames: ["no"] }),
);
const podKind = define("v1", "Pod", native("IoK8sApiCoreV1Pod", { shortNames: ["po"] }));
export const eventKind = define(
  "v1",
  "Event",
  native("IoK8sApiCoreV1Event", { hasStatus: false, shortNames: ["ev"] }),
);
export const quotaKind = define(
  "v1",
  "ResourceQuota",
  native("IoK8sApiCoreV1ResourceQuota", { shortNames: ["quota"] }),
);
export const importConfigKind = define("cdi.kubevirt.io/v1beta1", "CDIConfig", {
  cluster: true,
  declaration: importer("V1beta1CDIConfig"),
});
export const attachmentKind = define("k8s.cni.cncf.io/v1", "NetworkAttachmentDefinition", {
  plural: "network-attachment-definitions",
  hasStatus: false,
  shortNames: ["net-attach-def"],
});
const rbac = (kind: string, traits: Traits = {}) =>
  define(
    "rbac.authorization.k8s.io/v1",
    kind,
    native(`IoK8sApiRbacV1${kind}`, { hasStatus: false, ...traits }),
  );
export const roleKind = rbac("Role");
export const bindingKind = rbac("RoleBinding");
export const clusterRoleKind = rbac("ClusterRole", { cluster: true });
export const clusterBindingKind = rbac("ClusterRoleBinding", { cluster: true });
export const definitionKind = define("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
  isCustom: false,
  cluster: true,
  shortNames: ["crd", "crds"],
});

export const kinds: Kind[] = [
  virtualMachineKind,
  instanceKind,
  migrationKind,
  kubevirtKind,
  machineSnapshotKind,
  snapshotContentKind,
  machineRestoreKind,
  machineCloneKind,
  dataVolumeKind,
  claimKind,
  namespaceKind,
  nodeKind,
  podKind,
  eventKind,
  quotaKind,
  definitionKind,
  roleKind,
  bindingKind,
  clusterRoleKind,
  clusterBindingKind,
  define("v1", "Secret", native("IoK8sApiCoreV1Secret", { hasStatus: false })),
  define("v1", "ConfigMap", native("IoK8sApiCoreV1ConfigMap", { hasStatus: false, shortNames: ["cm"] })),
  define(
    "v1",
    "ServiceAccount",
    native("IoK8sApiCoreV1ServiceAccount", { hasStatus: false, shortNames: ["sa"] }),
  ),
  define(
    "v1",
    "LimitRange",
    native("IoK8sApiCoreV1LimitRange", { hasStatus: false, shortNames: ["limits"] }),
  ),
  define(
    "v1",
    "PersistentVolume",
    native("IoK8sApiCoreV1PersistentVolume", { cluster: true, shortNames: ["pv"] }),
  ),
  define(
    "storage.k8s.io/v1",
    "StorageClass",
    native("IoK8sApiStorageV1StorageClass", { cluster: true, hasStatus: false, shortNames: ["sc"] }),
  ),
  define("cdi.kubevirt.io/v1beta1", "DataSource", {
    shortNames: ["das"],
    declaration: importer("V1beta1DataSource"),
  }),
  define("cdi.kubevirt.io/v1beta1", "StorageProfile", { cluster: true }),
  importConfigKind,
  define("cdi.kubevirt.io/v1beta1", "CDI", { cluster: true, shortNames: ["cdi", "cdis"] }),
  attachmentKind,
  define("snapshot.storage.k8s.io/v1", "VolumeSnapshotClass", {
    cluster: true,
    hasStatus: false,
    shortNames: ["vsclass"],
  }),
  define("instancetype.kubevirt.io/v1beta1", "VirtualMachineInstancetype", {
    hasStatus: false,
    shortNames: ["vmf", "vmfs"],
    declaration: kubevirt("V1beta1VirtualMachineInstancetype"),
  }),
  define("instancetype.kubevirt.io/v1beta1", "VirtualMachineClusterInstancetype", {
    cluster: true,
    hasStatus: false,
    shortNames: ["vmcf", "vmcfs"],
    declaration: kubevirt("V1beta1VirtualMachineClusterInstancetype"),
  }),
  define("instancetype.kubevirt.io/v1beta1", "VirtualMachinePreference", {
    hasStatus: false,
    shortNames: ["vmp", "vmps"],
    declaration: kubevirt("V1beta1VirtualMachinePreference"),
  }),
  define("instancetype.kubevirt.io/v1beta1", "VirtualMachineClusterPreference", {
    cluster: true,
    hasStatus: false,
    shortNames: ["vmcp", "vmcps"],
    declaration: kubevirt("V1beta1VirtualMachineClusterPreference"),
  }),
];

export function resourceName(kind: Kind): string {
  return kind.group === "" ? kind.plural : `${kind.plural}.${kind.group}`;
}

export function findKind(group: string, version: string, plural: string): Kind | undefined {
  return kinds.find((kind) => kind.group === group && kind.version === version && kind.plural === plural);
}

export function findKindByName(apiVersion: string, name: string): Kind | undefined {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  return kinds.find((kind) => kind.group === group && kind.version === version && kind.kind === name);
}
