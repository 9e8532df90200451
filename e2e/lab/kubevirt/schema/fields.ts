import type { Json, JsonObject } from "../json";
import { isObject } from "../json";
import type { Schema, Schemas } from "./schemas";

/** The steps from the root to a field, each written as in FieldsV1: `f:spec`, `k:{"name":"a"}`, `v:"x"`. */
export type FieldPath = string[];

/** Every field that one manager can own, by its path in one string, with its value. */
export type Leaves = Map<string, Json>;

const separator = "\n";

function joinPath(path: FieldPath): string {
  return path.join(separator);
}

export function splitPath(key: string): FieldPath {
  return key.split(separator);
}

const notOwned = new Set(
  [
    "name",
    "namespace",
    "creationTimestamp",
    "uid",
    "generation",
    "managedFields",
    "resourceVersion",
    "deletionTimestamp",
  ]
    .concat(["deletionGracePeriodSeconds", "selfLink", "generateName"])
    .map((member) => joinPath(["f:metadata", `f:${member}`])),
);

/** Takes an object apart into the fields that managers own; an atomic list is one field. */
export function leavesOf(schemas: Schemas, schema: Schema | undefined, object: JsonObject): Leaves {
  const leaves: Leaves = new Map();
  collectMap({ schemas, leaves }, schema ?? {}, object, []);
  leaves.delete("f:apiVersion");
  leaves.delete("f:kind");
  for (const key of [...leaves.keys()]) {
    const [first = "", second = ""] = splitPath(key);
    if (key === "f:metadata" || notOwned.has(joinPath([first, second]))) leaves.delete(key);
  }
  return leaves;
}

interface Collection {
  schemas: Schemas;
  leaves: Leaves;
}

function collect(into: Collection, declared: Schema, value: Json, path: FieldPath): void {
  const schema = into.schemas.resolve(declared);
  if (isObject(value) && Object.keys(value).length > 0) return collectMap(into, schema, value, path);
  const listType = schema["x-kubernetes-list-type"];
  if (!Array.isArray(value) || listType === undefined || listType === "atomic") {
    into.leaves.set(joinPath(path), value);
    return;
  }
  for (const element of value) {
    const here = [...path, stepTo(schema, element)];
    into.leaves.set(joinPath(here), listType === "set" ? element : null);
    if (listType === "map") collect(into, schema.items ?? {}, element, here);
  }
}

function collectMap(into: Collection, schema: Schema, value: JsonObject, path: FieldPath): void {
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const declared = schema.properties?.[key] ?? schema.additionalProperties ?? {};
    collect(into, declared, member, [...path, `f:${key}`]);
  }
}

export function stepTo(schema: Schema, element: Json): string {
  const keys = schema["x-kubernetes-list-map-keys"];
  if (!keys || !isObject(element)) return `v:${JSON.stringify(element)}`;
  return `k:${JSON.stringify(Object.fromEntries([...keys].sort().map((key) => [key, element[key] ?? null])))}`;
}

export function toFieldsV1(paths: Iterable<string>): JsonObject {
  const root: JsonObject = {};
  for (const key of paths) {
    let here = root;
    for (const step of splitPath(key)) {
      const next = here[step];
      const child: JsonObject = isObject(next) ? next : {};
      here[step] = child;
      here = child;
    }
    here["."] = {};
  }
  return withoutLonelyDots(root);
}

// A member without members of its own is written `{}`; the dot is needed only beside others.
function withoutLonelyDots(node: JsonObject): JsonObject {
  const steps = Object.keys(node).filter((step) => step !== ".");
  if (steps.length === 0) return {};
  const children = steps.sort().map((step): [string, JsonObject] => {
    const child = node[step];
    return [step, isObject(child) ? withoutLonelyDots(child) : {}];
  });
  return "." in node ? { ".": {}, ...Object.fromEntries(children) } : Object.fromEntries(children);
}

export function fromFieldsV1(fields: JsonObject, path: FieldPath = []): Set<string> {
  const paths = new Set<string>();
  const entries = Object.entries(fields);
  if (entries.length === 0 && path.length > 0) paths.add(joinPath(path));
  for (const [step, below] of entries) {
    if (step === ".") paths.add(joinPath(path));
    else for (const key of fromFieldsV1(isObject(below) ? below : {}, [...path, step])) paths.add(key);
  }
  return paths;
}

/** `.spec.template.spec.volumes[name="root"].x`, the way Kubernetes prints it. */
export function printPath(key: string): string {
  return splitPath(key)
    .map((step) => {
      const rest = step.slice(2);
      if (step.startsWith("f:")) return `.${rest}`;
      if (step.startsWith("v:")) return `[=${rest}]`;
      const keys: Record<string, Json> = JSON.parse(rest);
      return `[${Object.entries(keys)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(",")}]`;
    })
    .join("");
}
