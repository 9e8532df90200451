import type { Cause } from "../failures";
import type { JsonObject } from "../json";
import { numberAt, objectsAt, textAt } from "../json";
import { base, invalidField, unsupportedField } from "./causes";

const disksField = `${base}.domain.devices.disks`;
const targets = ["disk", "lun", "cdrom"] as const;
const buses = ["virtio", "scsi", "sata", "usb"];
const words = /^[A-Za-z0-9_.+-]+$/;
const containerName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export function reviewDisks(devices: JsonObject, volumes: JsonObject[]): Cause[] {
  const disks = objectsAt(devices, "disks");
  const names = disks.map((disk) => textAt(disk, "name") ?? "");
  const volumeNames = volumes.map((volume) => textAt(volume, "name"));
  return [
    ...disks.flatMap((disk, index) => {
      const field = `${disksField}[${index}]`;
      const name = names[index] ?? "";
      const missing = !volumeNames.includes(name) && disk["cdrom"] === undefined;
      const first = names.indexOf(name);
      return [
        ...(missing ? [invalidField(`${field}.name`, `${field}.Name '${name}' not found.`)] : []),
        ...(first < index
          ? [
              invalidField(
                `${field}.name`,
                `${field} and ${disksField}[${first}] must not have the same Name.`,
              ),
            ]
          : []),
        ...reviewTarget(disk, field),
        ...reviewOptions(disk, field),
        ...reviewContainerName(name, field),
      ];
    }),
    ...reviewBootOrders(disks, objectsAt(devices, "interfaces")),
  ];
}

function reviewTarget(disk: JsonObject, field: string): Cause[] {
  const given = targets.filter((target) => disk[target] !== undefined);
  if (given.length > 1) return [invalidField(field, `${field} can only have a single target type defined`)];
  const [target = "disk"] = given;
  const bus = textAt(disk, target, "bus");
  if (bus === undefined || bus === "") return [];
  const at = `${field}.${target}.bus`;
  const causes: Cause[] = [];
  if (bus === "ide") causes.push(invalidField(at, "IDE bus is not supported"));
  else if (!buses.includes(bus)) {
    const list = buses.join(" ");
    causes.push(
      invalidField(at, `${field} is set with an unrecognized bus ${bus}, must be one of: [${list}]`),
    );
  }
  if (bus === "virtio" && target === "cdrom")
    causes.push(invalidField(at, `Bus type ${bus} is invalid for CD-ROM device`));
  const isReadOnly = target === "disk" && disk["disk"] !== undefined && readOnly(disk);
  if (bus === "sata" && isReadOnly)
    causes.push(invalidField(at, `${bus} hard-disks do not support read-only.`));
  if (disk["dedicatedIOThread"] === true && bus !== "virtio")
    causes.push(unsupportedField(field, `IOThreads are not supported for disks on a ${bus} bus`));
  return causes;
}

function readOnly(disk: JsonObject): boolean {
  const target = disk["disk"];
  return typeof target === "object" && target !== null && "readonly" in target && target["readonly"] === true;
}

const options: [member: string, allowed: string[], words: (field: string, value: string) => string][] = [
  [
    "cache",
    ["none", "writethrough", "writeback"],
    (field, value) => `${field}.cache has invalid value ${value}`,
  ],
  [
    "io",
    ["native", "threads"],
    () => `Disk IO mode for ${disksField} is not supported. Supported modes are: native, threads.`,
  ],
  [
    "errorPolicy",
    ["stop", "ignore", "report", "enospace"],
    (field, value) => `${field}.errorPolicy has invalid value "${value}"`,
  ],
];

function reviewOptions(disk: JsonObject, field: string): Cause[] {
  const causes = options.flatMap(([member, allowed, sentence]) => {
    const value = textAt(disk, member);
    if (value === undefined || value === "" || allowed.includes(value)) return [];
    return [invalidField(`${field}.${member}`, sentence(field, value))];
  });
  const serial = textAt(disk, "serial") ?? "";
  if (serial !== "" && !words.test(serial)) {
    const message = `${field} must be made up of the following characters [A-Za-z0-9_.+-], if specified`;
    causes.push(invalidField(`${field}.serial`, message));
  }
  if (serial.length > 256)
    causes.push(
      invalidField(`${field}.serial`, `${field} must be less than or equal to 256 in length, if specified`),
    );
  return causes;
}

// A disk's name becomes a container's.
function reviewContainerName(name: string, field: string): Cause[] {
  if (name.length > 63) return [invalidField(`${field}.name`, "must be no more than 63 characters")];
  if (containerName.test(name)) return [];
  const message =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end " +
    "with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is " +
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
  return [invalidField(`${field}.name`, message)];
}

function reviewBootOrders(disks: JsonObject[], interfaces: JsonObject[]): Cause[] {
  const taken = new Set<number>();
  return [...disks.map(asBootable("disks")), ...interfaces.map(asBootable("interfaces"))].flatMap(
    ({ field, order }) => {
      if (order === undefined) return [];
      const at = `${field}.bootOrder`;
      if (order < 1) return [invalidField(at, `${field} must have a boot order > 0, if supplied`)];
      if (taken.has(order))
        return [invalidField(at, `Boot order for ${at} already set for a different device.`)];
      taken.add(order);
      return [];
    },
  );
}

const asBootable = (list: string) => (device: JsonObject, index: number) => ({
  field: `${base}.domain.devices.${list}[${index}]`,
  order: numberAt(device, "bootOrder"),
});
