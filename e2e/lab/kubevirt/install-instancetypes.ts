import type { Cluster } from "./cluster";
import { ensureObject } from "./install-object";
import type { JsonObject } from "./json";

const version = "v1.4.0";
const shared = {
  "app.kubernetes.io/component": "kubevirt",
  "app.kubernetes.io/managed-by": "virt-operator",
  "instancetype.kubevirt.io/common-instancetypes-version": version,
  "instancetype.kubevirt.io/vendor": "kubevirt.io",
};

interface Series {
  name: string;
  displayName: string;
  className: string;
  description: string;
  labels?: Record<string, string>;
  cpu?: JsonObject;
  memory?: JsonObject;
  rest?: JsonObject;
  /** Name, virtual processors, memory. */
  sizes: [string, number, string][];
}

const seriesList: Series[] = [
  {
    name: "u1",
    displayName: "General Purpose",
    className: "general.purpose",
    description: "The U Series is quite neutral and provides resources for general purpose applications.",
    sizes: [
      ["micro", 1, "1Gi"],
      ["small", 1, "2Gi"],
      ["medium", 1, "4Gi"],
      ["large", 2, "8Gi"],
      ["xlarge", 4, "16Gi"],
      ["2xlarge", 8, "32Gi"],
    ],
  },
  {
    name: "cx1",
    displayName: "Compute Exclusive",
    className: "compute.exclusive",
    description:
      "The CX Series provides exclusive compute resources for compute intensive applications, with the NUMA topology of the used cores.",
    labels: { dedicatedCPUPlacement: "true", hugepages: "true", isolateEmulatorThread: "true", numa: "true" },
    cpu: { dedicatedCPUPlacement: true, isolateEmulatorThread: true, numa: { guestMappingPassthrough: {} } },
    memory: { hugepages: { pageSize: "2Mi" } },
    rest: { ioThreadsPolicy: "auto" },
    sizes: [
      ["medium", 1, "2Gi"],
      ["large", 2, "4Gi"],
      ["xlarge", 4, "8Gi"],
      ["2xlarge", 8, "16Gi"],
    ],
  },
  {
    name: "m1",
    displayName: "Memory Intensive",
    className: "memory.intensive",
    description: "The M Series provides resources for memory intensive applications.",
    labels: { hugepages: "true" },
    memory: { hugepages: { pageSize: "2Mi" } },
    sizes: [
      ["large", 2, "16Gi"],
      ["xlarge", 4, "32Gi"],
      ["2xlarge", 8, "64Gi"],
    ],
  },
  {
    name: "o1",
    displayName: "Overcommitted",
    className: "overcommitted",
    description:
      "The O Series is based on the U Series, with the only difference that memory is overcommitted.",
    memory: { overcommitPercent: 50 },
    sizes: [
      ["small", 1, "2Gi"],
      ["medium", 1, "4Gi"],
    ],
  },
  {
    name: "gn1",
    displayName: "GPU NVIDIA",
    className: "gpu.nvidia",
    description: "The GN Series provides instance types intended for VMs with NVIDIA GPU resources attached.",
    labels: { gpus: "true" },
    rest: { gpus: [{ name: "gpu1", deviceName: "nvidia.com/A400" }] },
    sizes: [
      ["xlarge", 4, "16Gi"],
      ["2xlarge", 8, "32Gi"],
    ],
  },
];

/** What virt-operator deploys of the common-instancetypes project: a small part of it. */
export function installInstancetypes(cluster: Cluster): void {
  for (const series of seriesList) {
    for (const [size, guest, memory] of series.sizes) {
      ensureObject(cluster, "virt-operator", describe(series, { size, guest, memory }));
    }
  }
  for (const preference of preferences)
    ensureObject(cluster, "virt-operator", describePreference(preference));
}

function describe(series: Series, { size, guest, memory }: { size: string; guest: number; memory: string }) {
  const own = Object.entries(series.labels ?? {}).map(([key, value]) => [
    `instancetype.kubevirt.io/${key}`,
    value,
  ]);
  return {
    apiVersion: "instancetype.kubevirt.io/v1beta1",
    kind: "VirtualMachineClusterInstancetype",
    metadata: {
      name: `${series.name}.${size}`,
      annotations: {
        "instancetype.kubevirt.io/description": series.description,
        "instancetype.kubevirt.io/displayName": series.displayName,
      },
      labels: {
        ...shared,
        "instancetype.kubevirt.io/class": series.className,
        "instancetype.kubevirt.io/cpu": String(guest),
        "instancetype.kubevirt.io/memory": memory,
        "instancetype.kubevirt.io/size": size,
        "instancetype.kubevirt.io/version": "1",
        ...Object.fromEntries(own),
      },
    },
    spec: { cpu: { guest, ...series.cpu }, memory: { guest: memory, ...series.memory }, ...series.rest },
  };
}

interface Preference {
  name: string;
  displayName: string;
  os: "linux" | "windows";
  memory: string;
  guest?: number;
  spec?: JsonObject;
}

const virtioDevices = { preferredDiskBus: "virtio", preferredInterfaceModel: "virtio", preferredRng: {} };
const windowsSpec: JsonObject = {
  clock: {
    preferredClockOffset: { utc: {} },
    preferredTimer: {
      hpet: { present: false },
      hyperv: {},
      pit: { tickPolicy: "delay" },
      rtc: { tickPolicy: "catchup" },
    },
  },
  cpu: { preferredCPUTopology: "sockets" },
  devices: {
    preferredAutoattachInputDevice: true,
    preferredDiskBus: "sata",
    preferredInputBus: "usb",
    preferredInputType: "tablet",
    preferredInterfaceModel: "e1000e",
    preferredTPM: { persistent: true },
  },
  features: {
    preferredAcpi: {},
    preferredApic: {},
    preferredHyperv: { relaxed: {}, spinlocks: { spinlocks: 8191 }, vapic: {}, vpindex: {} },
    preferredSmm: {},
  },
  firmware: { preferredEfi: { persistent: true, secureBoot: true } },
  preferredTerminationGracePeriodSeconds: 3600,
};
const windowsVirtioSpec: JsonObject = {
  ...windowsSpec,
  devices: {
    preferredAutoattachInputDevice: true,
    preferredDiskBus: "virtio",
    preferredInputBus: "virtio",
    preferredInputType: "tablet",
    preferredInterfaceModel: "virtio",
    preferredTPM: { persistent: true },
  },
};

const preferences: Preference[] = [
  { name: "alpine", displayName: "Alpine (amd64)", os: "linux", memory: "512Mi" },
  { name: "centos.stream10", displayName: "CentOS Stream 10 (amd64)", os: "linux", memory: "1.5Gi" },
  { name: "cirros", displayName: "Cirros", os: "linux", memory: "256Mi" },
  { name: "debian", displayName: "Debian", os: "linux", memory: "1Gi" },
  { name: "fedora", displayName: "Fedora (amd64)", os: "linux", memory: "2Gi" },
  { name: "opensuse.leap", displayName: "OpenSUSE Leap", os: "linux", memory: "1Gi" },
  { name: "rhel.10", displayName: "Red Hat Enterprise Linux 10 (amd64)", os: "linux", memory: "2Gi" },
  { name: "ubuntu", displayName: "Ubuntu", os: "linux", memory: "2Gi" },
  {
    name: "windows.11",
    displayName: "Microsoft Windows 11",
    os: "windows",
    memory: "4Gi",
    guest: 2,
    spec: windowsSpec,
  },
  {
    name: "windows.11.virtio",
    displayName: "Microsoft Windows 11 (virtio)",
    os: "windows",
    memory: "4Gi",
    guest: 2,
    spec: windowsVirtioSpec,
  },
  {
    name: "windows.2k25.virtio",
    displayName: "Microsoft Windows Server 2025 (virtio)",
    os: "windows",
    memory: "4Gi",
    spec: windowsVirtioSpec,
  },
];

function describePreference({ name, displayName, os, memory, guest = 1, spec }: Preference) {
  return {
    apiVersion: "instancetype.kubevirt.io/v1beta1",
    kind: "VirtualMachineClusterPreference",
    metadata: {
      name,
      annotations: {
        iconClass: `icon-${name.split(".")[0] ?? name}`,
        "openshift.io/display-name": displayName,
        tags: `hidden,kubevirt,${name.split(".")[0] ?? name}`,
      },
      labels: {
        ...shared,
        "instancetype.kubevirt.io/arch": "amd64",
        "instancetype.kubevirt.io/os-type": os,
        "instancetype.kubevirt.io/required-cpu": String(guest),
        "instancetype.kubevirt.io/required-memory": memory,
      },
    },
    spec: {
      annotations: { "vm.kubevirt.io/os": os },
      ...(spec ?? { devices: virtioDevices }),
      requirements: { cpu: { guest }, memory: { guest: memory } },
    },
  };
}
