/** What a rule is for, as words for labels; whoever lacks one loses that and keeps the rest. */
export const permissionPurposes = [
  "read",
  "machines",
  "state",
  "disks",
  "namespaces",
  "power",
  "console",
  "events",
  "networks",
  "uploads",
  "clones",
  "snapshots",
  "catalogue",
  "guest",
  "metrics",
] as const;
export type PermissionPurpose = (typeof permissionPurposes)[number];

/** Without these nothing can be placed; the others only take a feature away. */
export const indispensablePurposes: readonly PermissionPurpose[] = ["machines", "state"];

export interface RequiredRule {
  apiGroup: string;
  /** With its subresource, as RBAC writes it: virtualmachines/start. */
  resources: string[];
  verbs: string[];
  /** Asked of each namespace, or of the whole cluster. */
  scope: "namespace" | "cluster";
  purpose: PermissionPurpose;
}

/** Everything Shepherd does in a cluster; the manifest for administrators and the check of a pasted account read this. */
export const requiredRules: RequiredRule[] = [
  {
    purpose: "read",
    apiGroup: "",
    resources: ["nodes"],
    verbs: ["list"],
    scope: "cluster",
  },
  {
    purpose: "read",
    apiGroup: "storage.k8s.io",
    resources: ["storageclasses"],
    verbs: ["list"],
    scope: "cluster",
  },
  {
    purpose: "read",
    apiGroup: "kubevirt.io",
    resources: ["kubevirts"],
    verbs: ["list"],
    scope: "cluster",
  },
  {
    purpose: "read",
    apiGroup: "cdi.kubevirt.io",
    resources: ["storageprofiles", "cdis"],
    verbs: ["list"],
    scope: "cluster",
  },
  {
    purpose: "namespaces",
    apiGroup: "",
    resources: ["namespaces"],
    verbs: ["get", "create"],
    scope: "cluster",
  },
  {
    purpose: "machines",
    apiGroup: "kubevirt.io",
    resources: ["virtualmachines"],
    verbs: ["get", "list", "watch", "create", "patch", "delete"],
    scope: "namespace",
  },
  // A machine that names an instance type is sized by what it expands to.
  {
    purpose: "catalogue",
    apiGroup: "subresources.kubevirt.io",
    resources: ["virtualmachines/expand-spec"],
    verbs: ["get"],
    scope: "namespace",
  },
  {
    purpose: "state",
    apiGroup: "kubevirt.io",
    resources: ["virtualmachineinstances"],
    verbs: ["get", "list", "watch"],
    scope: "namespace",
  },
  {
    purpose: "disks",
    apiGroup: "",
    resources: ["persistentvolumeclaims"],
    verbs: ["get", "patch"],
    scope: "namespace",
  },
  {
    purpose: "power",
    apiGroup: "subresources.kubevirt.io",
    resources: ["virtualmachines/start", "virtualmachines/stop", "virtualmachines/restart"],
    verbs: ["update"],
    scope: "namespace",
  },
  {
    purpose: "power",
    apiGroup: "subresources.kubevirt.io",
    resources: [
      "virtualmachineinstances/pause",
      "virtualmachineinstances/unpause",
      "virtualmachineinstances/softreboot",
      "virtualmachineinstances/reset",
    ],
    verbs: ["update"],
    scope: "namespace",
  },
  {
    purpose: "console",
    apiGroup: "subresources.kubevirt.io",
    resources: ["virtualmachineinstances/vnc", "virtualmachineinstances/console"],
    verbs: ["get"],
    scope: "namespace",
  },
  {
    purpose: "guest",
    apiGroup: "subresources.kubevirt.io",
    resources: [
      "virtualmachineinstances/vnc/screenshot",
      "virtualmachineinstances/guestosinfo",
      "virtualmachineinstances/userlist",
      "virtualmachineinstances/filesystemlist",
    ],
    verbs: ["get"],
    scope: "namespace",
  },
  {
    purpose: "metrics",
    apiGroup: "metrics.k8s.io",
    resources: ["pods"],
    verbs: ["list"],
    scope: "namespace",
  },
  {
    purpose: "events",
    apiGroup: "",
    resources: ["events"],
    verbs: ["list"],
    scope: "namespace",
  },
  {
    purpose: "networks",
    apiGroup: "k8s.cni.cncf.io",
    resources: ["network-attachment-definitions"],
    verbs: ["list"],
    scope: "cluster",
  },
  {
    purpose: "uploads",
    apiGroup: "cdi.kubevirt.io",
    resources: ["datavolumes"],
    verbs: ["get", "list", "watch", "create", "patch", "delete"],
    scope: "namespace",
  },
  {
    purpose: "uploads",
    apiGroup: "upload.cdi.kubevirt.io",
    resources: ["uploadtokenrequests"],
    verbs: ["create"],
    scope: "namespace",
  },
  {
    purpose: "uploads",
    apiGroup: "cdi.kubevirt.io",
    resources: ["cdiconfigs"],
    verbs: ["get"],
    scope: "cluster",
  },
  // Machines clone an uploaded image by the right of their own namespace, which the images' namespace gives them.
  {
    purpose: "clones",
    apiGroup: "rbac.authorization.k8s.io",
    resources: ["roles", "rolebindings"],
    verbs: ["create", "patch"],
    scope: "namespace",
  },
  {
    purpose: "clones",
    apiGroup: "cdi.kubevirt.io",
    resources: ["datavolumes/source"],
    verbs: ["create"],
    scope: "namespace",
  },
  {
    purpose: "snapshots",
    apiGroup: "snapshot.kubevirt.io",
    resources: ["virtualmachinesnapshots", "virtualmachinerestores"],
    verbs: ["get", "create", "patch", "delete"],
    scope: "namespace",
  },
  {
    purpose: "snapshots",
    apiGroup: "clone.kubevirt.io",
    resources: ["virtualmachineclones"],
    verbs: ["get", "create", "patch", "delete"],
    scope: "namespace",
  },
  {
    purpose: "snapshots",
    apiGroup: "snapshot.storage.k8s.io",
    resources: ["volumesnapshotclasses"],
    verbs: ["list"],
    scope: "cluster",
  },
  {
    purpose: "catalogue",
    apiGroup: "instancetype.kubevirt.io",
    resources: [
      "virtualmachineinstancetypes",
      "virtualmachineclusterinstancetypes",
      "virtualmachinepreferences",
      "virtualmachineclusterpreferences",
    ],
    verbs: ["list"],
    scope: "cluster",
  },
];
