import type { ForbiddenReason } from "@/lib/catalog/forbidden-keys";

/** Values by path that no size, template or request may lay over a machine. */
export interface ForbiddenShape {
  title: string;
  overrides: Record<string, unknown>;
  reason: ForbiddenReason;
}

const devices = "spec.template.spec.domain.devices";
const pod = "spec.template.spec";

const shape = (title: string, reason: ForbiddenReason, path: string, value: unknown): ForbiddenShape => ({
  title,
  reason,
  overrides: { [path]: value },
});

/** An object with a value so far down that a careless walk would not find it, or not come back. */
export function buried(value: unknown, depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>((inside) => ({ below: [inside] }), value);
}

const host = [
  shape("the node's devices", "host_access", `${devices}.hostDevices`, [{ name: "a", deviceName: "b/c" }]),
  shape("in other letters", "host_access", `${devices}.HostDevices`, [{ name: "a", deviceName: "b/c" }]),
  shape("shouted", "host_access", `${devices}.HOSTDEVICES`, []),
  shape("with the Kelvin sign", "host_access", `${pod}.dnsConfig`, { "hostDis\u212a": { path: "/a.img" } }),
  shape("a directory by virtiofs", "host_access", `${devices}.filesystems`, [{ name: "a", virtiofs: {} }]),
  shape("the node's figures", "host_access", `${devices}.downwardMetrics`, {}),
  shape("a socket to the node", "host_access", `${devices}.autoattachVSOCK`, true),
  shape("a probe of another host", "host_access", `${pod}.readinessProbe`, {
    httpGet: { host: "169.254.169.254", port: 80, path: "/latest/meta-data" },
  }),
  shape("a probe by socket", "host_access", `${pod}.livenessProbe.tcpSocket.host`, "10.0.0.1"),
  shape("a disk of the node, deep inside", "host_access", `${pod}.domain.firmware`, {
    bootloader: buried({ hostDisk: { path: "/", type: "Disk" } }, 5),
  }),
  shape("a path of the launcher", "host_access", `${pod}.domain.firmware.bootloader`, {
    containerPath: "/var/run/kubevirt",
  }),
];

const secrets = [
  shape("keys put in by the agent", "secret_access", `${pod}.accessCredentials`, [
    { sshPublicKey: { source: { secret: { secretName: "keys" } } } },
  ]),
  shape("an item's secret", "secret_access", `${pod}.networks`, [{ name: "a", secret: { secretName: "b" } }]),
  shape("a config map", "secret_access", `${pod}.dnsConfig`, { options: [{ configMap: { name: "b" } }] }),
  shape("an account's token", "secret_access", `${pod}.dnsConfig`, { serviceAccount: { name: "b" } }),
  shape("an account by name", "secret_access", `${pod}.serviceAccountName`, "default"),
  shape("the pod's own words", "secret_access", `${pod}.dnsConfig`, { downwardAPI: { fields: [] } }),
  shape("a Windows answer file", "secret_access", `${pod}.dnsConfig`, { sysprep: { secret: { name: "a" } } }),
  shape("cloud-init from a secret", "secret_access", `${pod}.dnsConfig`, {
    cloudInitNoCloud: { secretRef: { name: "a" } },
  }),
  shape("user data from a secret", "secret_access", `${pod}.dnsConfig`, {
    cloudInitConfigDrive: { userDataSecretRef: { name: "a" } },
  }),
  shape("network data from a secret", "secret_access", `${pod}.dnsConfig`, {
    cloudInitNoCloud: { networkDataSecretRef: { name: "a" } },
  }),
  shape("a registry's password", "secret_access", `${pod}.dnsConfig`, {
    containerDisk: { image: "a", imagePullSecret: "b" },
  }),
  shape("a certificate's config map", "secret_access", `${pod}.dnsConfig`, { certConfigMap: "a" }),
  shape("headers from a secret", "secret_access", `${pod}.dnsConfig`, { secretExtraHeaders: ["a"] }),
  shape("with a blank at its end", "secret_access", `${pod}.dnsConfig`, { "secretRef ": { name: "a" } }),
  shape("with a letter nobody sees", "secret_access", `${pod}.dnsConfig`, {
    "secret\u200bRef": { name: "a" },
  }),
];

const volumes = [
  shape("volumes of its own", "platform_owned", `${pod}.volumes`, [{ name: "a", emptyDisk: {} }]),
  shape("volumes in other letters", "platform_owned", `${pod}.Volumes`, []),
  shape("an item of the volumes", "platform_owned", `${pod}.volumes[0].hostDisk`, { path: "/" }),
  shape("disks of its own", "platform_owned", `${devices}.disks`, [{ name: "root", lun: {} }]),
  shape("one disk", "platform_owned", `${devices}.disks.0`, { name: "root" }),
  shape("all the devices", "platform_owned", devices, { disks: [] }),
  shape("the whole domain", "platform_owned", `${pod}.domain`, { devices: {} }),
  shape("the whole instance", "platform_owned", pod, { volumes: [] }),
  shape("the whole template", "platform_owned", "spec.template", {}),
  shape("the whole specification", "platform_owned", "spec", {}),
  shape("another disk's template", "platform_owned", "spec.dataVolumeTemplates", []),
  shape("one disk's source", "platform_owned", "spec.dataVolumeTemplates[0].spec.source.pvc", { name: "a" }),
  shape("somebody's claim", "foreign_volume", `${pod}.dnsConfig`, {
    persistentVolumeClaim: { claimName: "payroll" },
  }),
  shape("somebody's data volume", "foreign_volume", `${pod}.networks`, [
    { name: "a", dataVolume: { name: "payroll" } },
  ]),
  shape("somebody's claim behind a throw-away layer", "foreign_volume", `${pod}.dnsConfig`, {
    ephemeral: { persistentVolumeClaim: { claimName: "payroll" } },
  }),
  shape("a dump into somebody's claim", "foreign_volume", `${pod}.dnsConfig`, {
    memoryDump: { claimName: "payroll" },
  }),
  shape("volumes for tools", "foreign_volume", `${pod}.utilityVolumes`, [{ name: "a" }]),
  shape("a copy of a claim", "foreign_volume", `${pod}.dnsConfig`, { pvc: { name: "a" } }),
  shape("a copy of a snapshot", "foreign_volume", `${pod}.dnsConfig`, { snapshot: { name: "a" } }),
  shape("another namespace", "foreign_namespace", `${pod}.dnsConfig`, { namespace: "kube-system" }),
  shape("a kernel of its own", "foreign_image", `${pod}.domain.firmware.kernelBoot`, {
    container: { image: "evil.example/kernel" },
  }),
  shape("a kernel inside the firmware", "foreign_image", `${pod}.domain.firmware`, { kernelBoot: {} }),
];

const owned = [
  shape("whether it runs", "platform_owned", "spec.running", true),
  shape("how it runs", "platform_owned", "spec.runStrategy", "Halted"),
  shape("an instance type", "platform_owned", "spec.instancetype", { name: "u1.large" }),
  shape("a part of a preference", "platform_owned", "spec.preference.name", "fedora"),
  shape("how its volumes are updated", "platform_owned", "spec.updateVolumesStrategy", "Migration"),
  shape("labels of the portal", "platform_owned", "spec.template.metadata.labels", { app: "a" }),
  shape("a hook", "platform_owned", "spec.template.metadata.annotations", {
    "hooks.kubevirt.io/hookSidecars": "[]",
  }),
  shape("its name in the network", "platform_owned", `${pod}.hostname`, "payroll"),
  shape("its domain in the network", "platform_owned", `${pod}.subdomain`, "payroll"),
  shape("the object's own name", "platform_owned", "metadata.name", "payroll"),
  shape("another namespace for all of it", "platform_owned", "metadata.namespace", "kube-system"),
  shape("its state", "platform_owned", "status.ready", true),
];

const places = [
  shape("a node", "placement", `${pod}.nodeName`, "control-plane-1"),
  shape("nodes by label", "placement", `${pod}.nodeSelector`, {
    "node-role.kubernetes.io/control-plane": "",
  }),
  shape("one label of nodes", "placement", `${pod}.nodeSelector.pool`, "gold"),
  shape("neighbours", "placement", `${pod}.affinity`, { podAffinity: {} }),
  shape("tainted nodes", "placement", `${pod}.tolerations`, [{ operator: "Exists" }]),
  shape("spread over nodes", "placement", `${pod}.topologySpreadConstraints`, []),
  shape("another scheduler", "placement", `${pod}.schedulerName`, "mine"),
  shape("room made by throwing others out", "placement", `${pod}.priorityClassName`, "system-node-critical"),
];

const claims = [
  shape("claims of devices", "device_claim", `${pod}.resourceClaims`, [{ name: "a" }]),
  shape("a device by claim", "device_claim", `${devices}.gpus`, [{ name: "a", claimName: "b" }]),
  shape("a device as a resource", "device_claim", `${pod}.domain.resources`, {
    limits: { "nvidia.com/gpu": "1" },
  }),
  shape("a device as one resource", "device_claim", `${pod}.domain.resources.requests`, {
    "devices.kubevirt.io/kvm": "1",
  }),
  shape("a plugin with a container of its own", "hook", `${devices}.interfaces`, [
    { name: "default", binding: { name: "mine" } },
  ]),
  shape("containers beside it", "hook", `${pod}.dnsConfig`, { initContainers: [{ image: "a" }] }),
  shape("a prototype", "unsafe_key", "spec.__proto__.polluted", true),
  shape("a constructor", "unsafe_key", "spec.template.constructor.prototype", {}),
  shape(
    "a prototype inside",
    "unsafe_key",
    `${pod}.dnsConfig`,
    JSON.parse('{"__proto__":{"polluted":true}}'),
  ),
  shape("no end", "too_deep", `${pod}.dnsConfig`, buried("down here", 20_000)),
];

export const forbiddenShapes: ForbiddenShape[] = [
  ...host,
  ...secrets,
  ...volumes,
  ...owned,
  ...places,
  ...claims,
];
