import { z } from "zod";
import type { SpecOverrides } from "../schema";
import { Notes } from "./map-instancetype";
import type { InstancetypeObject, ProposedPreference, Mapped } from "./schema";

type Json = Mapped["value"];
const pod = "spec.template.spec";
const domain = `${pod}.domain`;

/** What is a place in the machine under another name. */
const copied: Record<string, string> = {
  "cpu.preferredCPUFeatures": `${domain}.cpu.features`,
  "devices.preferredAutoattachGraphicsDevice": `${domain}.devices.autoattachGraphicsDevice`,
  "devices.preferredAutoattachInputDevice": `${domain}.devices.autoattachInputDevice`,
  "devices.preferredAutoattachMemBalloon": `${domain}.devices.autoattachMemBalloon`,
  "devices.preferredAutoattachSerialConsole": `${domain}.devices.autoattachSerialConsole`,
  "devices.preferredBlockMultiQueue": `${domain}.devices.blockMultiQueue`,
  "devices.preferredDisableHotplug": `${domain}.devices.disableHotplug`,
  "devices.preferredNetworkInterfaceMultiQueue": `${domain}.devices.networkInterfaceMultiqueue`,
  "devices.preferredRng": `${domain}.devices.rng`,
  "devices.preferredTPM": `${domain}.devices.tpm`,
  "devices.preferredUseVirtioTransitional": `${domain}.devices.useVirtioTransitional`,
  "features.preferredAcpi": `${domain}.features.acpi`,
  "features.preferredApic": `${domain}.features.apic`,
  "features.preferredHyperv": `${domain}.features.hyperv`,
  "features.preferredKvm": `${domain}.features.kvm`,
  "features.preferredPvspinlock": `${domain}.features.pvspinlock`,
  "features.preferredSmm": `${domain}.features.smm`,
  "machine.preferredMachineType": `${domain}.machine.type`,
  "clock.preferredTimer": `${domain}.clock.timer`,
  preferredTerminationGracePeriodSeconds: `${pod}.terminationGracePeriodSeconds`,
};
const forbidden = new Set(["preferredSubdomain"]);
const groups = new Set(["clock", "cpu", "devices", "features", "firmware", "machine", "volumes"]);

/**
 * A preference's hints as overrides of a machine.
 * @param cpuCores of the size it is imported with; without one, how they are spread is left open
 */
export function mapPreference(object: InstancetypeObject, cpuCores: number | null): ProposedPreference {
  const notes = new Notes();
  const specOverrides: SpecOverrides = {};
  for (const [path, value] of fieldsOf(object.spec)) {
    const laid = layHint(path, value, cpuCores);
    if (laid === null) leave(path, notes);
    for (const [target, json] of Object.entries(laid ?? {})) {
      specOverrides[target] = json;
      notes.take(path, `specOverrides.${target}`, json);
    }
    // The portal renders it so already.
    if (laid !== null && Object.keys(laid).length === 0) notes.take(path, "rendered", value);
  }
  const { key, kind, displayName } = object;
  return { key, kind, displayName, specOverrides, mapped: notes.mapped, unmapped: notes.unmapped };
}

/** Null where the portal renders nothing of the kind; empty where it renders just that without being told. */
function layHint(path: string, value: Json, cpuCores: number | null): SpecOverrides | null {
  const target = copied[path];
  if (target !== undefined) return { [target]: value };
  switch (path) {
    case "cpu.preferredCPUTopology":
      return layTopology(value, cpuCores);
    case "clock.preferredClockOffset":
      return layOffset(value);
    case "devices.preferredInterfaceModel":
      return layInterface(value);
    case "devices.preferredDiskBus":
      return value === "virtio" ? {} : null;
    case "devices.preferredInterfaceMasquerade":
      return {};
    default:
      return path.startsWith("firmware.") ? layFirmware(path, value) : null;
  }
}

/** The portal counts cores; sockets or threads in their place come to the same number. */
function layTopology(value: Json, cpuCores: number | null): SpecOverrides | null {
  const word = typeof value === "string" ? value.replace(/^prefer/, "").toLowerCase() : "";
  if (word === "cores" || word === "any") return {};
  if (word !== "sockets" && word !== "threads") return null;
  if (cpuCores === null) return {};
  return { [`${domain}.cpu.cores`]: 1, [`${domain}.cpu.${word}`]: Math.ceil(cpuCores) };
}

const offsetShape = z.object({ utc: z.json().optional(), timezone: z.string().optional() });

function layOffset(value: Json): SpecOverrides | null {
  const { success, data } = offsetShape.safeParse(value);
  if (!success) return null;
  return {
    ...(data.utc === undefined ? {} : { [`${domain}.clock.utc`]: data.utc }),
    ...(data.timezone === undefined ? {} : { [`${domain}.clock.timezone`]: data.timezone }),
  };
}

function layInterface(model: Json): SpecOverrides | null {
  if (model === "virtio") return {};
  return {
    [`${domain}.devices.interfaces`]: [{ name: "default", masquerade: {}, model }],
    [`${pod}.networks`]: [{ name: "default", pod: {} }],
  };
}

const bootloader = `${domain}.firmware.bootloader`;

function layFirmware(path: string, value: Json): SpecOverrides | null {
  switch (path) {
    case "firmware.preferredEfi":
      return { [`${bootloader}.efi`]: value };
    case "firmware.preferredUseEfi":
      return value === true ? { [`${bootloader}.efi.persistent`]: false } : {};
    case "firmware.preferredUseSecureBoot":
      // KubeVirt admits a secure boot only with system management mode.
      return value === true
        ? { [`${bootloader}.efi.secureBoot`]: true, [`${domain}.features.smm.enabled`]: true }
        : { [`${bootloader}.efi.secureBoot`]: false };
    case "firmware.preferredUseBios":
      return value === true ? { [`${bootloader}.bios`]: {} } : {};
    default:
      return null;
  }
}

function leave(path: string, notes: Notes): void {
  if (path.startsWith("requirements")) notes.leave(path, "requirement_only");
  else notes.leave(path, forbidden.has(path) ? "forbidden" : "not_rendered");
}

function fieldsOf(spec: InstancetypeObject["spec"]): [string, Json][] {
  return Object.entries(spec).flatMap(([key, value]) =>
    groups.has(key) && typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([member, inner]): [string, Json] => [`${key}.${member}`, inner])
      : [[key, value] satisfies [string, Json]],
  );
}
