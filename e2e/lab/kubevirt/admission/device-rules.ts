import type { Cause } from "../failures";
import type { JsonObject } from "../json";
import { objectAt, objectsAt, textAt } from "../json";

const base = "spec.template.spec";
const diskTargets = ["disk", "lun", "cdrom"];
const bindings = ["bridge", "masquerade", "sriov", "slirp", "macvtap", "passt", "passtBinding", "binding"];
const interfaceModels = ["e1000", "e1000e", "igb", "ne2k_pci", "pcnet", "rtl8139", "virtio"];

export function reviewDevices(instance: JsonObject, dataVolumeTemplates: JsonObject[]): Cause[] {
  const devices = objectAt(instance, "domain", "devices");
  return [
    ...reviewDisks(objectsAt(devices, "disks"), objectsAt(instance, "volumes")),
    ...reviewVolumes(instance, dataVolumeTemplates),
    ...reviewInterfaces(objectsAt(devices, "interfaces"), objectsAt(instance, "networks")),
    ...reviewGpus(objectsAt(devices, "gpus")),
  ];
}

function reviewDisks(disks: JsonObject[], volumes: JsonObject[]): Cause[] {
  const names = volumes.map((volume) => textAt(volume, "name"));
  return disks.flatMap((disk, index) => {
    const field = `${base}.domain.devices.disks[${index}]`;
    const name = textAt(disk, "name") ?? "";
    const causes: Cause[] = [];
    if (!names.includes(name)) {
      causes.push({
        reason: "FieldValueInvalid",
        message: `${field}.Name '${name}' not found.`,
        field: `${field}.name`,
      });
    }
    if (disks.findIndex((other) => textAt(other, "name") === name) < index) {
      causes.push({
        reason: "FieldValueDuplicate",
        message: `${field} and ${base}.domain.devices.disks have the same Name '${name}'`,
        field: `${field}.name`,
      });
    }
    return [...causes, ...reviewDiskTarget(disk, field)];
  });
}

function reviewDiskTarget(disk: JsonObject, field: string): Cause[] {
  const targets = diskTargets.filter((target) => disk[target] !== undefined);
  if (targets.length > 1) {
    return [
      { reason: "FieldValueInvalid", message: `${field} can only have a single target type defined`, field },
    ];
  }
  const [target = "disk"] = targets;
  const bus = textAt(disk, target, "bus");
  if (bus === undefined) return [];
  if (bus === "ide") {
    return [
      { reason: "FieldValueInvalid", message: "IDE bus is not supported", field: `${field}.${target}.bus` },
    ];
  }
  const supported = target === "disk" ? ["virtio", "sata", "scsi", "usb"] : ["virtio", "sata", "scsi"];
  if (supported.includes(bus)) return [];
  const message = `${field} is set with an unrecognized bus ${bus}, must be one of: [${supported.join(" ")}]`;
  return [{ reason: "FieldValueInvalid", message, field: `${field}.${target}.bus` }];
}

function reviewVolumes(instance: JsonObject, dataVolumeTemplates: JsonObject[]): Cause[] {
  const volumes = objectsAt(instance, "volumes");
  const templates = dataVolumeTemplates.map((template) => textAt(template, "metadata", "name"));
  return volumes.flatMap((volume, index) => {
    const field = `${base}.volumes[${index}]`;
    const name = textAt(volume, "name") ?? "";
    const sources = Object.keys(volume).filter((member) => member !== "name" && volume[member] !== undefined);
    if (volumes.findIndex((other) => textAt(other, "name") === name) < index) {
      return [
        {
          reason: "FieldValueDuplicate",
          message: `${field}.name '${name}' must not be repeated.`,
          field: `${field}.name`,
        },
      ];
    }
    if (sources.length !== 1) {
      return [
        { reason: "FieldValueInvalid", message: `${field} must have exactly one source type set`, field },
      ];
    }
    return [...reviewCloudInit(volume, field), ...reviewDataVolume(volume, field, templates)];
  });
}

function reviewDataVolume(volume: JsonObject, field: string, templates: (string | undefined)[]): Cause[] {
  const name = textAt(volume, "dataVolume", "name");
  if (volume["dataVolume"] === undefined || name || templates.includes(name)) return [];
  return [{ reason: "FieldValueRequired", message: "DataVolume 'name' must be set", field: `${field}.name` }];
}

function reviewCloudInit(volume: JsonObject, field: string): Cause[] {
  for (const source of ["cloudInitNoCloud", "cloudInitConfigDrive"]) {
    const userData = textAt(volume, source, "userData");
    if (userData !== undefined && Buffer.byteLength(userData) > 2048) {
      const message = `${field}.${source} userdata exceeds 2048 byte limit. Should use UserDataSecretRef for larger data.`;
      return [{ reason: "FieldValueInvalid", message, field: `${field}.${source}` }];
    }
  }
  return [];
}

function reviewInterfaces(interfaces: JsonObject[], networks: JsonObject[]): Cause[] {
  const names = networks.map((network) => textAt(network, "name"));
  const withoutNetwork = interfaces.flatMap((device, index) => {
    const field = `${base}.domain.devices.interfaces[${index}]`;
    const name = textAt(device, "name") ?? "";
    const causes: Cause[] = [];
    if (!names.includes(name)) {
      causes.push({
        reason: "FieldValueInvalid",
        message: `${field}.name '${name}' not found.`,
        field: `${field}.name`,
      });
    }
    if (bindings.filter((binding) => device[binding] !== undefined).length > 1) {
      causes.push({ reason: "FieldValueInvalid", message: `${field} can only have a single binding`, field });
    }
    const model = textAt(device, "model");
    if (model !== undefined && !interfaceModels.includes(model)) {
      const message = `interface ${field}.name uses model ${model} that is not supported.`;
      causes.push({ reason: "FieldValueNotSupported", message, field: `${field}.model` });
    }
    return causes;
  });
  const used = interfaces.map((device) => textAt(device, "name"));
  const withoutInterface = networks.flatMap((network, index) => {
    const name = textAt(network, "name") ?? "";
    if (used.includes(name)) return [];
    const field = `${base}.networks[${index}].name`;
    return [{ reason: "FieldValueRequired", message: `${field} '${name}' not found.`, field }];
  });
  return [...withoutNetwork, ...withoutInterface];
}

function reviewGpus(gpus: JsonObject[]): Cause[] {
  return gpus.flatMap((gpu, index) => {
    if (textAt(gpu, "deviceName")) return [];
    const field = `${base}.domain.devices.gpus[${index}].deviceName`;
    return [{ reason: "FieldValueRequired", message: `${field} is required`, field }];
  });
}
