import { z } from "zod";
import type { InstanceRoom, VolumeClaim } from "@/lib/adapters/kubevirt/modify-machines";
import { readQuantity } from "@/lib/adapters/kubevirt/quantities";
import type { VirtualMachine } from "@/lib/adapters/kubevirt/types";
import { valueAt, type LiveMachine } from "./live/rules";
import { diskOfField, type Settings } from "./schema";
import { coresOf } from "./sizing/rules";

const gibibyte = 2 ** 30;
const domain = "spec.template.spec.domain";

interface ReadParts {
  machine: VirtualMachine;
  room: InstanceRoom | null;
  claim: VolumeClaim | null;
  isExpandable: boolean | null;
  expandsDisksLive: boolean;
}

/** What was read of a machine, as the rules of a change want it. */
export function projectMachine(parts: ReadParts): LiveMachine {
  const { machine, claim } = parts;
  const { metadata, spec, status } = machine;
  return {
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    generation: metadata.generation ?? 0,
    spec,
    restartRequired: (status?.conditions ?? []).some(
      (condition) => condition.type === "RestartRequired" && condition.status === "True",
    ),
    cpu: cpuOf(machine),
    memory: memoryOf(machine),
    byInstancetype: spec["instancetype"] !== undefined && spec["instancetype"] !== null,
    instance: instanceOf(parts.room),
    claim:
      claim === null
        ? null
        : {
            name: claim.name,
            resourceVersion: claim.resourceVersion,
            sizeGb: Math.ceil(readQuantity(claim.requested) / gibibyte),
            storageClass: claim.storageClass,
            isExpandable: parts.isExpandable,
          },
    expandsDisksLive: parts.expandsDisksLive,
  };
}

function cpuOf(machine: VirtualMachine): LiveMachine["cpu"] {
  const at = (path: string) => valueAt(machine, `${domain}.${path}`);
  const count = (path: string) => Math.max(1, readQuantity(at(path)) || 1);
  return {
    sockets: count("cpu.sockets"),
    cores: count("cpu.cores"),
    threads: count("cpu.threads"),
    request: amountOrNull(at("resources.requests.cpu"), 1),
    limit: amountOrNull(at("resources.limits.cpu"), 1),
    isDedicated: at("cpu.dedicatedCpuPlacement") === true,
    multiQueue: at("devices.networkInterfaceMultiqueue") === true,
  };
}

function memoryOf(machine: VirtualMachine): LiveMachine["memory"] {
  const at = (path: string) => valueAt(machine, `${domain}.${path}`);
  const requestGi = amountOrNull(at("resources.requests.memory"), gibibyte);
  return {
    gi: amountOrNull(at("memory.guest"), gibibyte) ?? requestGi,
    requestGi,
    hasHugepages: at("memory.hugepages") !== null,
  };
}

function instanceOf(room: InstanceRoom | null): LiveMachine["instance"] {
  if (room === null || room.phase === "Succeeded" || room.phase === "Failed") return null;
  return {
    isMigratable: room.isMigratable,
    maxSockets: room.maxSockets,
    maxGuestGi: amountOrNull(room.maxGuest, gibibyte),
    guestAtBootGi: amountOrNull(room.guestAtBoot, gibibyte),
  };
}

function amountOrNull(quantity: unknown, unit: number): number | null {
  const amount = readQuantity(quantity) / unit;
  return amount > 0 ? Math.round(amount * 1000) / 1000 : null;
}

const json = z.json().catch(null);

/** The fields that the portal owns of a machine, as the cluster has them. */
export function factsOf(live: LiveMachine, fields: readonly string[]): Settings {
  const paths = fields.filter((field) => field.startsWith("spec."));
  // What an instance type stands for is the cluster's to say.
  const own = live.byInstancetype
    ? { cpuCores: null, memoryGi: null }
    : { cpuCores: coresOf(live), memoryGi: live.memory.gi };
  return {
    ...own,
    diskGb: live.claim?.sizeGb ?? null,
    ...Object.fromEntries(diskSizesOf(live, fields)),
    ...Object.fromEntries(paths.map((path) => [path, json.parse(valueAt({ spec: live.spec }, path))])),
  };
}

function diskSizesOf({ disks = [] }: LiveMachine, fields: readonly string[]): [string, number | null][] {
  return fields.flatMap((field): [string, number | null][] => {
    const name = diskOfField(field);
    return name === null ? [] : [[field, disks.find(({ volume }) => volume === name)?.sizeGb ?? null]];
  });
}

const volumes = z.array(z.looseObject({ name: z.string() })).catch([]);
const disks = z.array(z.looseObject({ name: z.string(), bootOrder: z.number().optional() })).catch([]);

/** The claim behind the disk that the machine starts from; null where that is no claim. */
export function rootClaimOf(machine: VirtualMachine): string | null {
  const all = volumes.parse(valueAt(machine, "spec.template.spec.volumes"));
  const ordered = disks.parse(valueAt(machine, `${domain}.devices.disks`));
  const first = ordered.filter((disk) => disk.bootOrder !== undefined).sort(byBootOrder)[0];
  const claims = all.flatMap((volume) => {
    const name = claimOf(volume);
    return name === null ? [] : [{ volume: volume.name, name }];
  });
  return (claims.find(({ volume }) => volume === first?.name) ?? claims[0])?.name ?? null;
}

function byBootOrder(left: { bootOrder?: number | undefined }, right: { bootOrder?: number | undefined }) {
  return (left.bootOrder ?? 0) - (right.bootOrder ?? 0);
}

function claimOf(volume: Record<string, unknown>): string | null {
  const name = valueAt(volume, "dataVolume.name") ?? valueAt(volume, "persistentVolumeClaim.claimName");
  return typeof name === "string" ? name : null;
}
