import type { Call } from "./call";
import { headerOf } from "./call";
import type { Json, JsonObject } from "./json";
import { objectsAt, textAt } from "./json";
import type { Kind } from "./kinds";
import { virtualMachineKind } from "./kinds";

export function wantsMetadata(call: Call): boolean {
  const [first = ""] = headerOf(call, "accept").split(",");
  return first.includes("as=PartialObjectMetadataList");
}

/** A list of names and versions without what the objects hold. */
export function asMetadata(list: JsonObject): JsonObject {
  const partial = { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1" };
  const items: Json[] = objectsAt(list, "items").map(({ metadata }) => ({ ...partial, metadata }));
  return {
    kind: "PartialObjectMetadataList",
    apiVersion: "meta.k8s.io/v1",
    metadata: list["metadata"],
    items,
  };
}

export function wantsTable(call: Call): boolean {
  const [first = ""] = headerOf(call, "accept").split(",");
  return first.includes("as=Table");
}

/** A list the way kubectl prints it. */
export function asTable(kind: Kind, list: JsonObject): JsonObject {
  const isMachine = kind === virtualMachineKind;
  const names = isMachine ? ["Name", "Age", "Status", "Ready"] : ["Name", "Age"];
  const rows: Json[] = objectsAt(list, "items").map((object) => {
    const metadata = object["metadata"];
    const cells: Json[] = [textAt(metadata, "name") ?? "", textAt(metadata, "creationTimestamp") ?? ""];
    if (isMachine) cells.push(textAt(object, "status", "printableStatus") ?? "", readyOf(object));
    return { cells, object: { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata } };
  });
  const columnDefinitions: Json[] = names.map((name) => ({
    name,
    type: name === "Age" ? "date" : "string",
    format: name === "Name" ? "name" : "",
    description: "",
    priority: 0,
  }));
  return { kind: "Table", apiVersion: "meta.k8s.io/v1", metadata: list["metadata"], columnDefinitions, rows };
}

function readyOf(machine: JsonObject): string {
  const ready = objectsAt(machine, "status", "conditions").find((condition) => condition["type"] === "Ready");
  return textAt(ready, "status") ?? "";
}
