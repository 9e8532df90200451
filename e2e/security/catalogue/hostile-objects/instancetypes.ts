export interface HostileInstancetype {
  title: string;
  name: string;
  spec: Record<string, unknown>;
}

/** What has no business in any machine, by the member that would bring it. */
const burdens: [string, unknown][] = [
  ["hostDisk", { path: "/", type: "Disk" }],
  ["HostDisk", { path: "/" }],
  ["hostDevices", [{ name: "a", deviceName: "b/c" }]],
  ["filesystems", [{ name: "a", virtiofs: {} }]],
  ["downwardMetrics", {}],
  ["secret", { secretName: "a" }],
  ["configMap", { name: "a" }],
  ["serviceAccount", { serviceAccountName: "default" }],
  ["downwardAPI", { fields: [] }],
  ["secretRef", { name: "a" }],
  ["sysprep", { secret: { name: "a" } }],
  ["persistentVolumeClaim", { claimName: "payroll" }],
  ["dataVolume", { name: "payroll" }],
  ["ephemeral", { persistentVolumeClaim: { claimName: "payroll" } }],
  ["kernelBoot", { container: { image: "evil.example/kernel" } }],
  ["nodeSelector", { "node-role.kubernetes.io/control-plane": "" }],
  ["tolerations", [{ operator: "Exists" }]],
  ["namespace", "kube-system"],
  ["resourceClaims", [{ name: "a" }]],
  ["initContainers", [{ image: "a" }]],
];

/** Members of an instance type that go to the machine as they are. */
const carriers: [string, (burden: object) => Record<string, unknown>][] = [
  ["launchSecurity", (burden) => ({ launchSecurity: burden })],
  ["launchSecurity.sev", (burden) => ({ launchSecurity: { sev: { policy: burden } } })],
  ["cpu.numa", (burden) => ({ cpu: { guest: 1, numa: { guestMappingPassthrough: burden } } })],
  ["cpu.realtime", (burden) => ({ cpu: { guest: 1, realtime: burden } })],
];

const small = { cpu: { guest: 1 }, memory: { guest: "1Gi" } };

export function hostileInstancetypes(): HostileInstancetype[] {
  const carried = carriers.flatMap(([carrier, carry]) =>
    burdens.map(([member, value]) => ({
      title: `${member} in ${carrier}`,
      spec: { ...small, ...carry({ [member]: value }) },
    })),
  );
  const odd = [
    {
      title: "a CPU model that is an object",
      spec: { ...small, cpu: { guest: 1, model: { hostDisk: {} } } },
    },
    { title: "threads that are a list", spec: { ...small, ioThreadsPolicy: ["auto"] } },
    { title: "no processor at all", spec: { memory: { guest: "1Gi" } } },
    { title: "a processor of words", spec: { ...small, cpu: { guest: "1; DROP TABLE vms" } } },
    { title: "a million processors", spec: { ...small, cpu: { guest: 1_000_000 } } },
    { title: "memory without end", spec: { ...small, memory: { guest: "9999999999999Ei" } } },
    { title: "negative memory", spec: { ...small, memory: { guest: "-1Gi" } } },
    {
      title: "a device that is a path",
      spec: { ...small, gpus: [{ name: "a", deviceName: "../../dev/sda" }] },
    },
    {
      title: "memory beyond its own",
      spec: { ...small, memory: { guest: "1Gi", maxGuest: { hostDisk: {} } } },
    },
  ];
  return [...carried, ...odd].map((one, at) => ({ ...one, name: `hostile-${at}` }));
}
