import { z } from "zod";
import type { InstanceDevices, WholeMachine } from "@/lib/adapters/kubevirt/machine-devices";
import type { VolumeClaim } from "@/lib/adapters/kubevirt/modify-machines";
import { readQuantity } from "@/lib/adapters/kubevirt/quantities";
import { valueAt } from "../modification/live/rules";
import { labelPrefix } from "../render-vm";
import type { DiskRow, Hardware } from "./schema";
import { projectInterfaces } from "./project-interfaces";

const gibibyte = 2 ** 30;
const disksMax = 64;
const textLengthMax = 300;

type JsonRecord = Record<string, unknown>;

export interface ReadClaim extends VolumeClaim {
  isExpandable: boolean | null;
}

interface ReadHardware {
  whole: WholeMachine;
  /** Null while it does not run. */
  devices: InstanceDevices | null;
  /** By the claim's name. */
  claims: ReadonlyMap<string, ReadClaim>;
  rootClaim: string | null;
}

/** What was read of a machine's disks and interfaces, bounded, without what its guest is told in secret. */
export function projectHardware(read: ReadHardware): Hardware {
  const { metadata } = read.whole.machine;
  return {
    disks: volumesOf(read.whole).map((volume) => diskOf(volume, read)),
    interfaces: projectInterfaces(read.whole.machine, read.devices),
    labels: ownOf(metadata.labels),
    annotations: ownOf(metadata.annotations),
  };
}

const volumes = z.array(z.looseObject({ name: z.string().max(253) })).catch([]);
type Volume = z.output<typeof volumes>[number];

function volumesOf({ machine }: WholeMachine): Volume[] {
  return volumes.parse(valueAt(machine, "spec.template.spec.volumes")).slice(0, disksMax);
}

/** The claims that a machine's volumes name, each once. */
export function claimsOf(whole: WholeMachine): string[] {
  return [...new Set(volumesOf(whole).flatMap((volume) => claimOf(volume) ?? []))];
}

function claimOf(volume: Volume): string | null {
  const name = valueAt(volume, "dataVolume.name") ?? valueAt(volume, "persistentVolumeClaim.claimName");
  return typeof name === "string" ? name : null;
}

function diskOf(volume: Volume, { whole, devices, claims, rootClaim }: ReadHardware): DiskRow {
  const disk = deviceOf(whole, volume.name);
  const status = devices?.volumes.find(({ name }) => name === volume.name);
  const snapshot = whole.snapshotStatuses.find(({ name }) => name === volume.name);
  const claimName = claimOf(volume);
  const claim = claimName === null ? undefined : claims.get(claimName);
  const image = valueAt(volume, "containerDisk.image");
  return {
    name: volume.name,
    kind: kindOf(volume),
    ...disk,
    isRoot: claimName !== null && claimName === rootClaim,
    isHotplugged:
      status?.hotplugVolume !== undefined ||
      valueAt(volume, "dataVolume.hotpluggable") === true ||
      valueAt(volume, "persistentVolumeClaim.hotpluggable") === true,
    image: typeof image === "string" ? image.slice(0, textLengthMax) : null,
    claim: claim === undefined ? null : describeClaim(claim),
    target: status?.target ?? null,
    sizeBytes: status?.size ?? null,
    phase: status?.phase ?? null,
    message: status?.message ?? null,
    snapshot:
      snapshot === undefined
        ? null
        : { isAble: snapshot.enabled, reason: snapshot.enabled ? null : snapshot.reason },
  };
}

const kinds: Record<string, DiskRow["kind"]> = {
  dataVolume: "data_volume",
  persistentVolumeClaim: "claim",
  cloudInitNoCloud: "cloud_init",
  cloudInitConfigDrive: "cloud_init",
  sysprep: "config",
  containerDisk: "container_disk",
  emptyDisk: "empty_disk",
  ephemeral: "empty_disk",
  configMap: "config",
  secret: "config",
  serviceAccount: "config",
  downwardAPI: "config",
};

function kindOf(volume: Volume): DiskRow["kind"] {
  const key = Object.keys(volume).find((one) => Object.hasOwn(kinds, one));
  return (key === undefined ? undefined : kinds[key]) ?? "other";
}

const deviceList = z
  .array(z.looseObject({ name: z.string(), bootOrder: z.number().int().optional().catch(undefined) }))
  .catch([]);
const deviceKinds = ["disk", "cdrom", "lun"] as const;

function deviceOf({ machine }: WholeMachine, name: string) {
  const all = deviceList.parse(valueAt(machine, "spec.template.spec.domain.devices.disks"));
  const disk = all.find((one) => one.name === name);
  const absent: Pick<DiskRow, "device" | "bus" | "bootOrder" | "isReadOnly"> = {
    device: "none",
    bus: null,
    bootOrder: null,
    isReadOnly: false,
  };
  if (disk === undefined) return absent;
  const device = deviceKinds.find((kind) => isRecord(disk[kind])) ?? "disk";
  const bus = valueAt(disk, `${device}.bus`);
  return {
    device,
    bus: typeof bus === "string" ? bus.slice(0, 40) : null,
    bootOrder: disk.bootOrder ?? null,
    isReadOnly: device === "cdrom" || valueAt(disk, `${device}.readonly`) === true,
  };
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describeClaim(claim: ReadClaim): NonNullable<DiskRow["claim"]> {
  const capacity = readQuantity(claim.capacity);
  return {
    name: claim.name,
    storageClass: claim.storageClass,
    requestedGb: wholeGb(readQuantity(claim.requested)),
    capacityGb: capacity === 0 ? null : wholeGb(capacity),
    accessModes: claim.accessModes,
    volumeMode: claim.volumeMode,
    isExpandable: claim.isExpandable,
  };
}

function wholeGb(bytes: number): number {
  return Math.ceil(bytes / gibibyte);
}

const ownMax = 32;

function ownOf(all: Record<string, string>): Record<string, string> {
  const own = Object.entries(all).filter(([key]) => key.startsWith(`${labelPrefix}/`));
  return Object.fromEntries(own.slice(0, ownMax).map(([key, value]) => [key, value.slice(0, textLengthMax)]));
}
