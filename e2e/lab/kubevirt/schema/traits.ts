import type { Schema } from "./schemas";

const quantityMaps = new Set([
  "requests",
  "limits",
  "capacity",
  "allocatable",
  "hard",
  "used",
  "allocatedResources",
]);
const fractions = new Set(["qps", "loginTime"]);
const listsByKey: Record<string, string[]> = {
  resourceClaims: ["name"],
  topologySpreadConstraints: ["topologyKey", "whenUnsatisfiable"],
  utilityVolumes: ["name"],
  ownerReferences: ["uid"],
};
const boundedLists = new Set(["disks", "interfaces", "networks", "volumes", "accessCredentials"]);
const quantity: Schema = { "x-kubernetes-int-or-string": true };

/** Restores what TypeScript cannot say: quantities, free-form members and how lists are merged. */
export function refine(name: string, description: string, schema: Schema): Schema {
  if (
    description.startsWith("Quantity is a fixed-point") ||
    description.startsWith("IntOrString is a type")
  ) {
    return { description, ...quantity };
  }
  if (quantityMaps.has(name) && schema.additionalProperties?.type === "string") {
    return { ...schema, additionalProperties: quantity };
  }
  if (schema.type === "integer" && fractions.has(name)) return { ...schema, type: "number" };
  if (isFreeForm(name, description, schema))
    return { ...schema, "x-kubernetes-preserve-unknown-fields": true };
  if (schema.type === "array") return refineList(name, schema);
  return schema;
}

function isFreeForm(name: string, description: string, schema: Schema): boolean {
  if (schema.type !== "object" || schema.additionalProperties) return false;
  return description.startsWith("RawExtension") || name === "fieldsV1" || name === "status";
}

function refineList(name: string, schema: Schema): Schema {
  const keys = listsByKey[name];
  if (keys) return { ...schema, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys };
  if (name === "finalizers") return { ...schema, "x-kubernetes-list-type": "set" };
  const list: Schema = { ...schema, "x-kubernetes-list-type": "atomic" };
  return boundedLists.has(name) ? { ...list, maxItems: 256 } : list;
}
