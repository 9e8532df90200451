import type { Cause } from "../failures";
import type { Json, JsonObject } from "../json";
import { isObject } from "../json";
import type { Schema, Schemas } from "./schemas";

function isFree(schema: Schema): boolean {
  return schema["x-kubernetes-preserve-unknown-fields"] === true;
}

/** The complaints of server-side apply about fields it does not know and values of the wrong type. */
export function findTypeErrors(schemas: Schemas, declared: Schema, value: Json, path = ""): string[] {
  const schema = schemas.resolve(declared);
  if (value === null || isFree(schema) || schema["x-kubernetes-int-or-string"]) return [];
  if (schema.type === "object") return findMapErrors(schemas, schema, value, path);
  if (schema.type === "array") {
    if (!Array.isArray(value)) return [`${path}: expected list, got ${describe(value)}`];
    return value.flatMap((element, index) =>
      findTypeErrors(schemas, schema.items ?? {}, element, `${path}${elementLabel(schema, element, index)}`),
    );
  }
  return findScalarError(schema, value, path);
}

function elementLabel(schema: Schema, element: Json, index: number): string {
  const keys = schema["x-kubernetes-list-map-keys"];
  if (!keys || !isObject(element)) return `[${index}]`;
  return `[${keys.map((key) => `${key}=${JSON.stringify(element[key] ?? null)}`).join(",")}]`;
}

function findMapErrors(schemas: Schemas, schema: Schema, value: Json, path: string): string[] {
  if (!isObject(value)) return [`${path}: expected map, got ${describe(value)}`];
  return Object.entries(value).flatMap(([key, member]) => {
    const declared = schema.properties?.[key] ?? schema.additionalProperties;
    if (!declared) return [`${path}.${key}: field not declared in schema`];
    return member === undefined ? [] : findTypeErrors(schemas, declared, member, `${path}.${key}`);
  });
}

function findScalarError(schema: Schema, value: Json, path: string): string[] {
  const isNumeric = schema.type === "integer" || schema.type === "number";
  if (isNumeric && typeof value !== "number") {
    return [`${path}: expected numeric (int or float), got ${typeNameInGo(value)}`];
  }
  if (schema.type === "string" && typeof value !== "string")
    return [`${path}: expected string, got ${describe(value)}`];
  if (schema.type === "boolean" && typeof value !== "boolean")
    return [`${path}: expected boolean, got ${describe(value)}`];
  return [];
}

function typeNameInGo(value: Json): string {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  return Array.isArray(value) ? "[]interface {}" : "map[string]interface {}";
}

function describe(value: Json): string {
  if (typeof value === "string") return JSON.stringify(value);
  return isObject(value) || Array.isArray(value)
    ? `&{${JSON.stringify(value)}}`
    : `&value.valueUnstructured{Value:${value}}`;
}

/** Drops what the schema does not know and names each dropped field. */
export function pruneUnknown(
  schemas: Schemas,
  declared: Schema,
  value: Json,
  path = "",
): { value: Json; unknown: string[] } {
  const schema = schemas.resolve(declared);
  if (isFree(schema)) return { value, unknown: [] };
  if (Array.isArray(value) && schema.items) {
    const items = schema.items;
    const pruned = value.map((element, index) => pruneUnknown(schemas, items, element, `${path}[${index}]`));
    return { value: pruned.map((one) => one.value), unknown: pruned.flatMap((one) => one.unknown) };
  }
  if (isObject(value) && schema.type === "object") return pruneMap(schemas, schema, value, path);
  return { value, unknown: [] };
}

function pruneMap(schemas: Schemas, schema: Schema, value: JsonObject, path: string) {
  const kept: JsonObject = {};
  const unknown: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    const at = path === "" ? key : `${path}.${key}`;
    const declared = schema.properties?.[key] ?? schema.additionalProperties;
    if (!declared || member === undefined) {
      if (!declared) unknown.push(at);
      continue;
    }
    const pruned = pruneUnknown(schemas, declared, member, at);
    kept[key] = pruned.value;
    unknown.push(...pruned.unknown);
  }
  return { value: kept, unknown };
}

/** What the structural schema refuses: absent required fields, wrong types, lists that are too long. */
export function findViolations(schemas: Schemas, declared: Schema, value: Json, path = ""): Cause[] {
  const schema = schemas.resolve(declared);
  if (value === null || isFree(schema)) return [];
  const expected = mismatch(schema, value);
  if (expected) {
    const got = Array.isArray(value) ? "array" : isObject(value) ? "object" : typeof value;
    const message = `Invalid value: "${got}": ${path} in body must be of type ${expected}: "${got}"`;
    return [{ reason: "FieldValueTypeInvalid", message, field: path }];
  }
  if (Array.isArray(value)) return findListViolations(schemas, schema, value, path);
  return isObject(value) ? findMapViolations(schemas, schema, value, path) : [];
}

function mismatch(schema: Schema, value: Json): string | undefined {
  if (schema["x-kubernetes-int-or-string"]) {
    return typeof value === "string" || Number.isInteger(value) ? undefined : "integer,string";
  }
  switch (schema.type) {
    case "object":
      return isObject(value) ? undefined : "object";
    case "array":
      return Array.isArray(value) ? undefined : "array";
    case "integer":
      return Number.isInteger(value) ? undefined : "integer";
    case "number":
    case "string":
    case "boolean":
      return typeof value === schema.type ? undefined : schema.type;
    case undefined:
      return undefined;
  }
}

function findListViolations(schemas: Schemas, schema: Schema, value: Json[], path: string): Cause[] {
  if (schema.maxItems !== undefined && value.length > schema.maxItems) {
    const message = `Too many: ${value.length}: must have at most ${schema.maxItems} items`;
    return [{ reason: "FieldValueTooMany", message, field: path }];
  }
  return value.flatMap((element, index) =>
    findViolations(schemas, schema.items ?? {}, element, `${path}[${index}]`),
  );
}

function findMapViolations(schemas: Schemas, schema: Schema, value: JsonObject, path: string): Cause[] {
  const at = (key: string) => (path === "" ? key : `${path}.${key}`);
  const missing = (schema.required ?? [])
    .filter((key) => value[key] === undefined)
    .map((key) => ({ reason: "FieldValueRequired", message: "Required value", field: at(key) }));
  const below = Object.entries(value).flatMap(([key, member]) => {
    const declared = schema.properties?.[key] ?? schema.additionalProperties;
    return declared && member !== undefined ? findViolations(schemas, declared, member, at(key)) : [];
  });
  return [...missing, ...below];
}
