export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json | undefined };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads a nested value; anything missing or of another shape on the way is undefined. */
export function valueAt(root: Json | undefined, ...path: string[]): Json | undefined {
  let here: Json | undefined = root;
  for (const key of path) {
    if (!isObject(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
}

export function objectAt(root: Json | undefined, ...path: string[]): JsonObject {
  const found = valueAt(root, ...path);
  return isObject(found) ? found : {};
}

export function objectsAt(root: Json | undefined, ...path: string[]): JsonObject[] {
  const found = valueAt(root, ...path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

export function textAt(root: Json | undefined, ...path: string[]): string | undefined {
  const found = valueAt(root, ...path);
  return typeof found === "string" ? found : undefined;
}

export function numberAt(root: Json | undefined, ...path: string[]): number | undefined {
  const found = valueAt(root, ...path);
  return typeof found === "number" ? found : undefined;
}

/** Deep equality in which an undefined member is the same as an absent one. */
export function isEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false;
    return left.every((element, index) => isEqual(element, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const isSameFrom = (one: JsonObject, other: JsonObject) =>
    Object.keys(one).every((key) => isEqual(one[key], other[key]));
  return (
    isSameFrom(left, right) && Object.keys(right).every((key) => right[key] === undefined || key in left)
  );
}

export function copy<Value>(value: Value): Value {
  return structuredClone(value);
}
