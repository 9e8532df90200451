import type { Answer } from "../call";
import { writeAs } from "../commit";
import { Failure, badRequest } from "../failures";
import type { JsonObject } from "../json";
import { isObject, objectAt, objectsAt, textAt, valueAt } from "../json";
import { instanceKind, kubevirtKind } from "../kinds";
import type { KubeObject } from "../objects";
import type { Action } from "./actions";
import { accepted, instanceConflict, machineConflict, requireInstance, requireMachine } from "./actions";

const writer = "virt-api";

/** Plugs a disk in: into the machine's template, and so into its instance, or into the instance alone. */
export function addVolume(action: Action): Answer {
  requireHotplug(action);
  const { name, disk, source } = readAddition(action.options);
  const owner = findOwner(action);
  const volumes = objectsAt(owner.object.spec, ...owner.path, "volumes");
  if (volumes.some((volume) => volume["name"] === name)) {
    throw owner.conflict(`Unable to add volume [${name}] because volume with that name already exists`);
  }
  const sourceName = nameOfSource(source);
  if (volumes.some((volume) => nameOfSource(volume) === sourceName)) {
    throw owner.conflict(`Unable to add volume source [${sourceName}] because it already exists`);
  }
  requireBus(name, disk);
  if (action.isDryRun) return accepted;
  const bus = textAt(disk, "disk", "bus") ?? "scsi";
  const serial = textAt(action.options, "disk", "serial") ?? name;
  const hotpluggable = Object.entries(source).map(([kind, value]) => [
    kind,
    { ...objectAt(value), hotpluggable: true },
  ]);
  changeDevices(action, (disks, present) => ({
    disks: [...disks, { ...disk, name, serial, disk: { bus } }],
    volumes: [...present, { name, ...Object.fromEntries(hotpluggable) }],
  }));
  return accepted;
}

export function removeVolume(action: Action): Answer {
  requireHotplug(action);
  const name = textAt(action.options, "name") ?? "";
  if (name === "") throw badRequest("RemoveVolumeOptions requires name to be set");
  const owner = findOwner(action);
  const volume = objectsAt(owner.object.spec, ...owner.path, "volumes").find((one) => one["name"] === name);
  if (!volume) throw owner.conflict(`Unable to remove volume [${name}] because it does not exist`);
  const isPluggable = ["dataVolume", "persistentVolumeClaim"].some(
    (kind) => valueAt(volume, kind, "hotpluggable") === true,
  );
  if (!isPluggable) throw owner.conflict(`Unable to remove volume [${name}] because it is not hotpluggable`);
  if (action.isDryRun) return accepted;
  changeDevices(action, (disks, volumes) => ({
    disks: disks.filter((disk) => disk["name"] !== name),
    volumes: volumes.filter((one) => one["name"] !== name),
  }));
  return accepted;
}

function requireHotplug({ cluster }: Action): void {
  const [kubevirt] = cluster.store.list(kubevirtKind);
  const gates = valueAt(kubevirt?.spec, "configuration", "developerConfiguration", "featureGates");
  const isOn =
    Array.isArray(gates) && (gates.includes("HotplugVolumes") || gates.includes("DeclarativeHotplugVolumes"));
  if (!isOn)
    throw badRequest("Enable DeclarativeHotplugVolumes or HotplugVolumes feature gate to use this API.");
}

function readAddition(options: JsonObject): { name: string; disk: JsonObject; source: JsonObject } {
  const name = textAt(options, "name") ?? "";
  const { disk, volumeSource: source } = options;
  if (name === "") throw badRequest("AddVolumeOptions requires name to be set");
  if (!isObject(disk)) throw badRequest("AddVolumeOptions requires disk to not be nil");
  if (!isObject(source)) throw badRequest("AddVolumeOptions requires VolumeSource to not be nil");
  return { name, disk, source };
}

function nameOfSource(volume: JsonObject): string {
  return textAt(volume, "dataVolume", "name") ?? textAt(volume, "persistentVolumeClaim", "claimName") ?? "\0";
}

function requireBus(name: string, disk: JsonObject): void {
  const bus = textAt(disk, "disk", "bus") ?? "scsi";
  if (bus === "scsi" || bus === "virtio") return;
  const message = `AddVolume request for disk [${name}] requires bus to be 'scsi' or 'virtio'. [${bus}] is not permitted.`;
  throw new Failure({
    code: 422,
    reason: "Invalid",
    message: `admission webhook "virtualmachine-validator.kubevirt.io" denied the request: ${message}`,
    details: { causes: [{ reason: "FieldValueInvalid", message, field: "status.volumeRequests" }] },
  });
}

interface Owner {
  object: KubeObject;
  path: string[];
  conflict(cause: string): Failure;
}

function findOwner(action: Action): Owner {
  const { name } = action.path;
  if (action.path.resource === "virtualmachines") {
    return {
      object: requireMachine(action),
      path: ["template", "spec"],
      conflict: (cause) => machineConflict(name, cause),
    };
  }
  return { object: requireInstance(action), path: [], conflict: (cause) => instanceConflict(name, cause) };
}

type Change = (disks: JsonObject[], volumes: JsonObject[]) => { disks: JsonObject[]; volumes: JsonObject[] };

function changeDevices(action: Action, change: Change): void {
  const { cluster, path } = action;
  const instance = cluster.store.get(instanceKind, path.namespace, path.name);
  if (instance && instance.metadata.deletionTimestamp === undefined) {
    writeAs(cluster, writer, instance, {
      ...instance,
      spec: changed(instance.spec ?? {}, change),
    });
  }
  if (path.resource !== "virtualmachines") return;
  const vm = requireMachine(action);
  const template = objectAt(vm.spec, "template");
  const spec = { ...vm.spec, template: { ...template, spec: changed(objectAt(template, "spec"), change) } };
  writeAs(cluster, writer, vm, { ...vm, spec });
}

function changed(spec: JsonObject, change: Change): JsonObject {
  const devices = objectAt(spec, "domain", "devices");
  const { disks, volumes } = change(objectsAt(devices, "disks"), objectsAt(spec, "volumes"));
  return { ...spec, volumes, domain: { ...objectAt(spec, "domain"), devices: { ...devices, disks } } };
}
