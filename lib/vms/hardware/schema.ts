import { z } from "zod";

const diskKinds = [
  "data_volume",
  "claim",
  "cloud_init",
  "container_disk",
  "empty_disk",
  "config",
  "other",
] as const;

/** The claim behind a disk; sizes in whole GiB. */
const diskClaim = z.object({
  /** Null for whoever does not see what lies in the cluster. */
  name: z.string().nullable(),
  storageClass: z.string().nullable(),
  requestedGb: z.number(),
  capacityGb: z.number().nullable(),
  accessModes: z.array(z.string()),
  volumeMode: z.string().nullable(),
  /** Null where the portal does not know its class. */
  isExpandable: z.boolean().nullable(),
});

const diskRow = z.object({
  name: z.string(),
  kind: z.enum(diskKinds),
  /** How the machine sees it; none: the volume is no disk of it. */
  device: z.enum(["disk", "cdrom", "lun", "none"]),
  bus: z.string().nullable(),
  bootOrder: z.number().nullable(),
  isReadOnly: z.boolean(),
  isRoot: z.boolean(),
  isHotplugged: z.boolean(),
  /** Of a container disk. */
  image: z.string().nullable(),
  claim: diskClaim.nullable(),
  /** What the running guest calls it, such as vda. */
  target: z.string().nullable(),
  /** Of one without a claim. */
  sizeBytes: z.number().nullable(),
  /** Of one that is being plugged in or out, in the cluster's words. */
  phase: z.string().nullable(),
  message: z.string().nullable(),
  /** Null where the cluster has not said. */
  snapshot: z.object({ isAble: z.boolean(), reason: z.string().nullable() }).nullable(),
});
export type DiskRow = z.output<typeof diskRow>;

const interfaceRow = z.object({
  /** Null for one that only the guest knows. */
  name: z.string().nullable(),
  model: z.string().nullable(),
  /** masquerade, bridge, sriov, or the name of a plug-in; null where nothing is said. */
  binding: z.string().nullable(),
  network: z.enum(["pod", "multus", "unknown"]),
  networkName: z.string().nullable(),
  mac: z.string().nullable(),
  /** The definition names it, so that it stays. */
  isFixedMac: z.boolean(),
  addresses: z.array(z.string()),
  /** What the guest calls it, such as eth0. */
  deviceName: z.string().nullable(),
  /** Who says so, in the cluster's words: domain, guest-agent, multus-status. */
  source: z.string().nullable(),
  linkState: z.string().nullable(),
});
export type InterfaceRow = z.output<typeof interfaceRow>;

/** What the cluster has of a machine besides its settings. */
export const hardware = z.object({
  disks: z.array(diskRow),
  interfaces: z.array(interfaceRow),
  /** The portal's own alone. */
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
});
export type Hardware = z.output<typeof hardware>;

export const hardwareView = z.object({
  /** Null where nobody has read it yet. */
  hardware: hardware.nullable(),
  readAt: z.date().nullable(),
  /** The cluster has the machine, and it has changed since. */
  isBehind: z.boolean(),
});
export type HardwareView = z.output<typeof hardwareView>;

export const hardwareInput = z.strictObject({ vmId: z.string().min(1).max(64) });
export type HardwareInput = z.output<typeof hardwareInput>;

export const hardwareAnswer = z.object({ readAt: z.coerce.date() });
