import type { Cause } from "../failures";
import type { JsonObject } from "../json";
import { objectAt, objectsAt, textAt, valueAt } from "../json";
import { base, invalidField, requiredField } from "./causes";

const domainField = `${base}.domain`;
const machineTypes = ["q35*", "pc-q35*"];
const evictionStrategies = ["LiveMigrate", "LiveMigrateIfPossible", "None", "External"];

/** What KubeVirt says of the rest of a template: firmware, devices with a gate, names and strategies. */
export function reviewInstance(instance: JsonObject, gates: string[]): Cause[] {
  const domain = objectAt(instance, "domain");
  return [
    ...reviewHostname(instance),
    ...reviewMachineType(domain),
    ...reviewFirmware(domain),
    ...reviewStrategies(instance),
    ...reviewGpus(objectsAt(domain, "devices", "gpus")),
    ...reviewGatedDevices(objectAt(domain, "devices"), gates),
    ...reviewInputs(objectsAt(domain, "devices", "inputs")),
  ];
}

function reviewHostname(instance: JsonObject): Cause[] {
  const hostname = textAt(instance, "hostname") ?? "";
  if (hostname === "" || (hostname.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(hostname)))
    return [];
  const field = `${base}.hostname`;
  const rule =
    hostname.length > 63
      ? "must be no more than 63 characters"
      : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  return [invalidField(field, `${field} does not conform to the kubernetes DNS_LABEL rules : ${rule}`)];
}

function reviewMachineType(domain: JsonObject): Cause[] {
  const type = textAt(domain, "machine", "type") ?? "";
  if (type === "" || /^(pc-)?q35/.test(type)) return [];
  const field = `${domainField}.machine.type`;
  return [
    invalidField(field, `${field} is not supported: ${type} (allowed values: [${machineTypes.join(" ")}])`),
  ];
}

function reviewFirmware(domain: JsonObject): Cause[] {
  const loader = objectAt(domain, "firmware", "bootloader");
  const field = `${domainField}.firmware.bootloader`;
  const causes: Cause[] = [];
  if (loader["efi"] !== undefined && loader["bios"] !== undefined) {
    const message = `${field} has both EFI and BIOS configured, but they are mutually exclusive.`;
    causes.push(invalidField(field, message));
  }
  const isSecure = loader["efi"] !== undefined && valueAt(loader, "efi", "secureBoot") !== false;
  const hasSmm =
    valueAt(domain, "features", "smm") !== undefined &&
    valueAt(domain, "features", "smm", "enabled") !== false;
  if (isSecure && !hasSmm) {
    const message = `${domainField} has EFI SecureBoot enabled. SecureBoot requires SMM, which is currently disabled.`;
    causes.push(invalidField(domainField, message));
  }
  return causes;
}

function reviewStrategies(instance: JsonObject): Cause[] {
  const eviction = textAt(instance, "evictionStrategy");
  const start = textAt(instance, "startStrategy");
  const threads = textAt(instance, "domain", "ioThreadsPolicy");
  const causes: Cause[] = [];
  const unrecognized = (member: string, value: string) =>
    invalidField(`${base}.${member}`, `${base}.${member} is set with an unrecognized option: ${value}`);
  if (eviction !== undefined && !evictionStrategies.includes(eviction))
    causes.push(unrecognized("evictionStrategy", eviction));
  if (start !== undefined && start !== "Paused") causes.push(unrecognized("startStrategy", start));
  if (threads !== undefined && !["shared", "auto", "supplementalPool"].includes(threads))
    causes.push(invalidField(`${domainField}.ioThreadsPolicy`, `Invalid IOThreadsPolicy (${threads})`));
  return causes;
}

function reviewGpus(gpus: JsonObject[]): Cause[] {
  const nameless = gpus.filter((gpu) => !textAt(gpu, "deviceName") && gpu["claimRequest"] === undefined);
  const message =
    "vmi.spec.domain.devices.gpus contains GPUs without deviceName or claimRequest; each GPU must specify either a deviceName or a claimRequest";
  return nameless.map(() => requiredField(`${domainField}.devices.gpus`, message));
}

function reviewGatedDevices(devices: JsonObject, gates: string[]): Cause[] {
  const causes: Cause[] = [];
  if (devices["hostDevices"] !== undefined && !gates.includes("HostDevices"))
    causes.push(
      invalidField(`${base}.HostDevices`, "Host Devices feature gate is not enabled in kubevirt-config"),
    );
  if (devices["autoattachVSOCK"] === true && !gates.includes("VSOCK"))
    causes.push(
      invalidField(
        `${domainField}.devices.autoattachVSOCK`,
        "VSOCK feature gate is not enabled in kubevirt-config",
      ),
    );
  if (devices["video"] !== undefined && !gates.includes("VideoConfig"))
    causes.push(
      invalidField(
        `${base}.video`,
        "Video configuration is specified but the VideoConfig feature gate is not enabled",
      ),
    );
  return causes;
}

function reviewInputs(inputs: JsonObject[]): Cause[] {
  return inputs.flatMap((input, index) => {
    const field = `${domainField}.devices.inputs[${index}]`;
    const bus = textAt(input, "bus") ?? "";
    const causes: Cause[] = [];
    if (!["", "virtio", "usb"].includes(bus))
      causes.push(invalidField(`${field}.bus`, "Input device can have only virtio or usb bus."));
    if (textAt(input, "type") !== "tablet")
      causes.push(invalidField(`${field}.type`, "Input device can have only tablet type."));
    return causes;
  });
}
