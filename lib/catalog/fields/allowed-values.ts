import { compareMinors } from "./minors/rules";

/** A value, or a value with the minor from which KubeVirt takes it. */
type Value = string | readonly [value: string, since: string];

/** KubeVirt's schema names almost no values; these are the ones that its admission and its guests know. */
const valuesByPath: Record<string, readonly Value[]> = {
  ...ofMachine("", {
    runStrategy: ["Always", "RerunOnFailure", "Manual", "Halted", "Once"],
    updateVolumesStrategy: [
      ["Replacement", "1.3"],
      ["Migration", "1.3"],
    ],
    "instancetype.inferFromVolumeFailurePolicy": ["Reject", "Ignore"],
    "preference.inferFromVolumeFailurePolicy": ["Reject", "Ignore"],
  }),
  ...ofMachine("dataVolumeTemplates[].spec.", {
    contentType: ["kubevirt", "archive"],
    "source.registry.pullMethod": ["pod", "node"],
    ...forEachMember(["pvc", "storage"], {
      "accessModes[]": ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"],
      volumeMode: ["Filesystem", "Block"],
    }),
  }),
  ...ofMachine("template.spec.", {
    architecture: ["amd64", "arm64", "s390x"],
    dnsPolicy: ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"],
    evictionStrategy: ["None", "LiveMigrate", "LiveMigrateIfPossible", "External"],
    startStrategy: ["Paused"],
    "tolerations[].operator": ["Exists", "Equal"],
    "tolerations[].effect": ["NoSchedule", "PreferNoSchedule", "NoExecute"],
    "topologySpreadConstraints[].whenUnsatisfiable": ["DoNotSchedule", "ScheduleAnyway"],
    "topologySpreadConstraints[].nodeAffinityPolicy": ["Honor", "Ignore"],
    "topologySpreadConstraints[].nodeTaintsPolicy": ["Honor", "Ignore"],
    "topologySpreadConstraints[].labelSelector.matchExpressions[].operator": labelOperators(),
    "volumes[].containerDisk.imagePullPolicy": pullPolicies(),
    "volumes[].hostDisk.type": ["DiskOrCreate", "Disk"],
    ...forEachMember(["livenessProbe", "readinessProbe"], { "httpGet.scheme": ["HTTP", "HTTPS"] }),
    ...forEachMember(nodeSelectorTerms(), {
      operator: ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"],
    }),
    ...forEachMember(podSelectors(), { "matchExpressions[].operator": labelOperators() }),
  }),
  ...ofMachine("template.spec.domain.", {
    ioThreadsPolicy: ["shared", "auto", ["supplementalPool", "1.4"]],
    rebootPolicy: [
      ["Reboot", "1.7"],
      ["Terminate", "1.7"],
    ],
    "cpu.features[].policy": ["force", "require", "optional", "disable", "forbid"],
    "memory.hugepages.pageSize": ["2Mi", "1Gi"],
    "memory.reservedOverhead.memLock": [
      ["NotRequired", "1.7"],
      ["Required", "1.7"],
    ],
    "clock.timer.hpet.tickPolicy": ["delay", "catchup", "merge", "discard"],
    "clock.timer.pit.tickPolicy": ["delay", "catchup", "discard"],
    "clock.timer.rtc.tickPolicy": ["delay", "catchup"],
    "clock.timer.rtc.track": ["guest", "wall"],
    "firmware.kernelBoot.container.imagePullPolicy": pullPolicies(),
  }),
  ...ofMachine("template.spec.domain.devices.", {
    "disks[].disk.bus": ["virtio", "sata", "scsi", "usb"],
    "disks[].lun.bus": ["virtio", "sata", "scsi"],
    "disks[].cdrom.bus": ["sata", "scsi"],
    "disks[].cdrom.tray": ["open", "closed"],
    "disks[].cache": ["none", "writethrough", "writeback"],
    "disks[].io": ["native", "default", "threads"],
    "disks[].errorPolicy": ["stop", "ignore", "report", "enospace"],
    "interfaces[].model": ["virtio", "e1000", "e1000e", ["igb", "1.3"], "ne2k_pci", "pcnet", "rtl8139"],
    "interfaces[].state": ["absent", ["up", "1.4"], ["down", "1.4"]],
    "interfaces[].ports[].protocol": ["TCP", "UDP"],
    "inputs[].bus": ["usb", "virtio"],
    "inputs[].type": ["tablet"],
    "sound.model": ["ich9", "ac97"],
    "video.type": ["virtio", "vga", "bochs", "ramfb", "cirrus"].map((value) => [value, "1.4"] as const),
    "panicDevices[].model": ["isa", "hyperv", "pvpanic"].map((value) => [value, "1.4"] as const),
    "watchdog.i6300esb.action": ["poweroff", "reset", "shutdown"],
    "watchdog.diag288.action": ["poweroff", "reset", "shutdown"].map((value) => [value, "1.4"] as const),
  }),
};

/** Good answers where any other is allowed too. */
const suggestionsByPath: Record<string, readonly string[]> = ofMachine("template.spec.domain.", {
  "cpu.model": ["host-model", "host-passthrough"],
  "machine.type": ["q35", "virt", "s390-ccw-virtio"],
});

/** What KubeVirt's admission says in words: from, to. */
const limitsByPath: Record<string, readonly [minimum: number, maximum?: number]> = {
  ...ofMachine("template.spec.domain.", {
    ...forEachMember(
      ["cores", "sockets", "threads", "maxSockets"].map((name) => `cpu.${name}`),
      { "": [1] },
    ),
    "ioThreads.supplementalPoolThreadCount": [1],
    "features.hyperv.spinlocks.spinlocks": [4096],
    "devices.disks[].bootOrder": [1],
    "devices.interfaces[].bootOrder": [1],
    "devices.interfaces[].ports[].port": [1, 65_535],
    "devices.interfaces[].acpiIndex": [0],
  }),
  ...ofMachine("template.spec.", {
    terminationGracePeriodSeconds: [0, Number.MAX_SAFE_INTEGER],
    "tolerations[].tolerationSeconds": [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  }),
};

/** Every value that a field may have in this minor; null where the field is free. */
export function allowedValues(path: string, minor: string): string[] | null {
  if (!Object.hasOwn(valuesByPath, path)) return null;
  return (valuesByPath[path] ?? []).flatMap((value) => {
    if (typeof value === "string") return [value];
    const [word, since] = value;
    return compareMinors(minor, since) >= 0 ? [word] : [];
  });
}

export function suggestedValues(path: string): string[] | null {
  return Object.hasOwn(suggestionsByPath, path) ? [...(suggestionsByPath[path] ?? [])] : null;
}

export function allowedRange(path: string): readonly [minimum: number, maximum?: number] | null {
  return Object.hasOwn(limitsByPath, path) ? (limitsByPath[path] ?? null) : null;
}

/** The paths that have values of their own, whatever the minor. */
export const pathsWithValues = Object.keys(valuesByPath);

function ofMachine<T>(place: string, rows: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(rows).map(([path, row]) => [`spec.${place}${path}`, row]));
}

function forEachMember<T>(places: readonly string[], rows: Record<string, T>): Record<string, T> {
  const paths = places.flatMap((place) =>
    Object.entries(rows).map(([path, row]): [string, T] => [path === "" ? place : `${place}.${path}`, row]),
  );
  return Object.fromEntries(paths);
}

function pullPolicies(): Value[] {
  return ["Always", "IfNotPresent", "Never"];
}

function labelOperators(): Value[] {
  return ["In", "NotIn", "Exists", "DoesNotExist"];
}

function nodeSelectorTerms(): string[] {
  const terms = [
    "requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[]",
    "preferredDuringSchedulingIgnoredDuringExecution[].preference",
  ];
  return terms.flatMap((term) =>
    ["matchExpressions[]", "matchFields[]"].map((list) => `affinity.nodeAffinity.${term}.${list}`),
  );
}

function podSelectors(): string[] {
  const terms = [
    "requiredDuringSchedulingIgnoredDuringExecution[]",
    "preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm",
  ];
  return ["podAffinity", "podAntiAffinity"].flatMap((kind) =>
    terms.flatMap((term) =>
      ["labelSelector", "namespaceSelector"].map((selector) => `affinity.${kind}.${term}.${selector}`),
    ),
  );
}
