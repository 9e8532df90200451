import type { Cause } from "../failures";
import type { JsonObject } from "../json";
import { objectsAt, textAt, valueAt } from "../json";
import { base, invalidField, requiredField } from "./causes";

const volumesField = `${base}.volumes`;
const cloudInitBytesMax = 2048;

export function reviewVolumes(instance: JsonObject, gates: string[]): Cause[] {
  const volumes = objectsAt(instance, "volumes");
  const names = volumes.map((volume) => textAt(volume, "name") ?? "");
  return volumes.flatMap((volume, index) => {
    const field = `${volumesField}[${index}]`;
    const first = names.indexOf(names[index] ?? "");
    const sources = Object.keys(volume).filter((member) => member !== "name" && volume[member] !== undefined);
    return [
      ...(first < index
        ? [
            invalidField(
              `${field}.name`,
              `${field} and ${volumesField}[${first}] must not have the same Name.`,
            ),
          ]
        : []),
      ...(sources.length === 1
        ? []
        : [invalidField(field, `${field} must have exactly one source type set`)]),
      ...reviewCloudInit(volume, field),
      ...reviewNames(volume, field),
      ...reviewHostDisk(volume, field, gates),
    ];
  });
}

function reviewCloudInit(volume: JsonObject, field: string): Cause[] {
  return ["cloudInitNoCloud", "cloudInitConfigDrive"]
    .filter((source) => volume[source] !== undefined)
    .flatMap((source) => {
      const at = `${field}.${source}`;
      const user = bytesOf(volume, source, "userData");
      const network = bytesOf(volume, source, "networkData");
      const causes: Cause[] = [];
      if (user.sources > 1) causes.push(invalidField(at, `${at} must have only one userdatasource set.`));
      if (user.bytes > cloudInitBytesMax)
        causes.push(
          invalidField(
            at,
            `${at} userdata exceeds 2048 byte limit. Should use UserDataSecretRef for larger data.`,
          ),
        );
      if (network.sources > 1)
        causes.push(invalidField(at, `${at} must have only one networkdata source set.`));
      if (network.bytes > cloudInitBytesMax)
        causes.push(
          invalidField(
            at,
            `${at} networkdata exceeds 2048 byte limit. Should use NetworkDataSecretRef for larger data.`,
          ),
        );
      if (user.sources + network.sources === 0)
        causes.push(
          invalidField(at, `${at} must have at least one userdatasource or one networkdatasource set.`),
        );
      return causes;
    });
}

function bytesOf(
  volume: JsonObject,
  source: string,
  name: "userData" | "networkData",
): { sources: number; bytes: number } {
  const reference = name === "userData" ? "secretRef" : "networkDataSecretRef";
  const secret = textAt(volume, source, reference, "name");
  const encoded = textAt(volume, source, `${name}Base64`) ?? "";
  const plain = textAt(volume, source, name) ?? "";
  const given = [secret ?? "", encoded, plain].filter((value) => value !== "");
  const bytes = plain !== "" ? Buffer.byteLength(plain) : Buffer.from(encoded, "base64").length;
  return { sources: given.length, bytes };
}

const namedSources: [source: string, member: string][] = [
  ["configMap", "name"],
  ["secret", "secretName"],
  ["serviceAccount", "serviceAccountName"],
];

function reviewNames(volume: JsonObject, field: string): Cause[] {
  if (volume["dataVolume"] !== undefined && !textAt(volume, "dataVolume", "name"))
    return [requiredField(`${field}.name`, "DataVolume 'name' must be set")];
  return namedSources
    .filter(([source, member]) => volume[source] !== undefined && !textAt(volume, source, member))
    .map(([source, member]) => {
      const at = `${field}.${source}.${member === "secretName" ? "secretName" : member}`;
      return invalidField(at, `${at} is a required field`);
    });
}

function reviewHostDisk(volume: JsonObject, field: string, gates: string[]): Cause[] {
  if (volume["hostDisk"] === undefined) return [];
  const causes: Cause[] = [];
  if (!gates.includes("HostDisk")) causes.push(invalidField(field, "HostDisk feature gate is not enabled"));
  const path = `${field}.hostDisk.path`;
  if (!textAt(volume, "hostDisk", "path"))
    causes.push({
      reason: "FieldValueNotFound",
      message: `${path} is required for hostDisk volume`,
      field: path,
    });
  const type = textAt(volume, "hostDisk", "type") ?? "";
  const at = `${field}.hostDisk.type`;
  if (type !== "Disk" && type !== "DiskOrCreate")
    causes.push(invalidField(at, `${at} has invalid value '${type}', allowed are 'Disk' or 'DiskOrCreate'`));
  if (type === "Disk" && valueAt(volume, "hostDisk", "capacity") !== undefined) {
    const capacity = `${field}.hostDisk.capacity`;
    causes.push(
      invalidField(capacity, `${capacity} is allowed to pass only with ${at} equal to 'DiskOrCreate'`),
    );
  }
  return causes;
}
