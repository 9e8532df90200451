import type { Cause } from "../failures";
import type { JsonObject } from "../json";
import { objectsAt, textAt, valueAt } from "../json";
import { base, duplicateField, invalidField, requiredField, unsupportedField } from "./causes";

const interfacesField = `${base}.domain.devices.interfaces`;
const bindings = ["bridge", "masquerade", "sriov", "passtBinding"];
const models = ["e1000", "e1000e", "igb", "ne2k_pci", "pcnet", "rtl8139", "virtio"];

/** What KubeVirt says of networks; whether one of the cluster's is there it learns only when it makes the pod. */
export function reviewNetworks(instance: JsonObject): Cause[] {
  const networks = objectsAt(instance, "networks");
  const interfaces = objectsAt(instance, "domain", "devices", "interfaces");
  return [
    ...reviewPodNetworks(networks),
    ...networks.flatMap(reviewNetworkSource),
    ...reviewNames(networks, interfaces),
    ...interfaces.flatMap((device, index) => reviewInterface(device, index, networks)),
  ];
}

function reviewPodNetworks(networks: JsonObject[]): Cause[] {
  const inPod = networks.filter((network) => network["pod"] !== undefined).length;
  const defaults = networks.filter((network) => valueAt(network, "multus", "default") === true).length;
  const causes: Cause[] = [];
  if (inPod > 1) {
    const field = `${base}.interfaces`;
    causes.push(duplicateField(field, `more than one interface is connected to a pod network in ${field}`));
  }
  const field = `${base}.networks`;
  if (defaults > 1) causes.push(invalidField(field, "Multus CNI should only have one default network"));
  if (inPod > 0 && defaults > 0)
    causes.push(invalidField(field, "Pod network cannot be defined when Multus default network is defined"));
  return causes;
}

function reviewNetworkSource(network: JsonObject, index: number): Cause[] {
  const field = `${base}.networks[${index}]`;
  const isPod = network["pod"] !== undefined;
  const isMultus = network["multus"] !== undefined;
  if (!isPod && !isMultus) return [requiredField(field, "should have a network type")];
  if (isPod && isMultus) return [requiredField(field, "should have only one network type")];
  if (isMultus && !textAt(network, "multus", "networkName"))
    return [requiredField(field, "CNI delegating plugin must have a networkName")];
  return [];
}

function reviewNames(networks: JsonObject[], interfaces: JsonObject[]): Cause[] {
  const networkNames = networks.map((network) => textAt(network, "name") ?? "");
  const interfaceNames = interfaces.map((device) => textAt(device, "name") ?? "");
  return [
    ...networkNames.flatMap((name, index) => {
      const field = `${base}.networks[${index}].name`;
      const message = `Network with name ${JSON.stringify(name)} already exists, every network must have a unique name`;
      return networkNames.indexOf(name) < index ? [duplicateField(field, message)] : [];
    }),
    ...networkNames.flatMap((name, index) => {
      const field = `${base}.networks[${index}].name`;
      return interfaceNames.includes(name) ? [] : [requiredField(field, `${field} '${name}' not found.`)];
    }),
    ...interfaceNames.flatMap((name, index) => {
      const field = `${interfacesField}[${index}].name`;
      const message = "Only one interface can be connected to one specific network";
      return interfaceNames.indexOf(name) < index ? [duplicateField(field, message)] : [];
    }),
    ...interfaceNames.flatMap((name, index) => {
      const field = `${interfacesField}[${index}].name`;
      return networkNames.includes(name) ? [] : [invalidField(field, `${field} '${name}' not found.`)];
    }),
  ];
}

function reviewInterface(device: JsonObject, index: number, networks: JsonObject[]): Cause[] {
  const field = `${interfacesField}[${index}]`;
  const name = textAt(device, "name") ?? "";
  const network = networks.find((one) => textAt(one, "name") === name);
  const causes: Cause[] = [];
  if (device["binding"] !== undefined && bindings.some((binding) => device[binding] !== undefined)) {
    const message = `logical ${name} interface cannot have both binding plugin and interface binding method`;
    causes.push(invalidField(`${field}.binding`, message));
  }
  if (bindings.filter((binding) => device[binding] !== undefined).length > 1)
    causes.push(invalidField(field, `${field} can only have a single binding`));
  if (device["masquerade"] !== undefined && network?.["pod"] === undefined)
    causes.push(invalidField(`${field}.name`, "Masquerade interface only implemented with pod network"));
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    const message =
      "Network interface name can only contain alphabetical characters, numbers, dashes (-) or underscores (_)";
    causes.push(invalidField(`${field}.name`, message));
  }
  const model = textAt(device, "model");
  if (model !== undefined && model !== "" && !models.includes(model)) {
    const message = `interface ${field}.name uses model ${model} that is not supported.`;
    causes.push(unsupportedField(`${field}.model`, message));
  }
  const mac = textAt(device, "macAddress");
  if (mac !== undefined && mac !== "" && !/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(mac)) {
    const message = `interface ${field}.name has malformed MAC address (${mac}).`;
    causes.push(invalidField(`${field}.macAddress`, message));
  }
  return causes;
}
