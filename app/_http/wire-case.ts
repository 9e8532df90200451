import { z } from "zod";
import { definitionOf, isOpen, shapeOf, unwrap, type Schema } from "./look-inside";

/** Names are snake_case on the wire and camelCase in the rooms; free-form maps keep their keys (spec §6). */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Renames the members the schema names; the rest of the value stays as it is. */
export function toWire(schema: Schema, value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  const def = definitionOf(unwrapForOutput(schema));
  switch (def.type) {
    case "object":
      return mapEntries(value, (key, member) => {
        const inner = def.shape[key];
        return inner === undefined ? [key, member] : [snakeCase(key), toWire(inner, member)];
      });
    case "array":
      return Array.isArray(value) ? value.map((item) => toWire(def.element, item)) : value;
    case "tuple":
      return Array.isArray(value)
        ? value.map((item, at) => toWire(def.items[at] ?? z.unknown(), item))
        : value;
    case "record":
      return mapEntries(value, (key, member) => [key, toWire(def.valueType, member)]);
    case "union":
      return toWire(def.options.find((option) => z.safeParse(option, value).success) ?? z.unknown(), value);
    case "intersection":
      return toWire(def.right, toWire(def.left, value));
    default:
      return value;
  }
}

export interface FromWire {
  value: unknown;
  /** Members nobody asked for, as paths on the wire. */
  unknown: string[];
}

/** Renames what a client sent to the schema's names and sets aside what the schema does not name. */
export function fromWire(schema: Schema, value: unknown, path: readonly string[] = []): FromWire {
  // What a schema says of itself again, such as any JSON, names no members: it is taken as it is.
  if (value === null || typeof value !== "object" || isRecursive(schema)) return { value, unknown: [] };
  const def = definitionOf(unwrap(schema).schema);
  switch (def.type) {
    case "object":
      return Array.isArray(value) ? { value, unknown: [] } : objectFromWire(def, value, path);
    case "array":
      return collect(value, (item, key) => fromWire(def.element, item, [...path, key]));
    case "tuple":
      return collect(value, (item, key) =>
        fromWire(def.items[Number(key)] ?? z.unknown(), item, [...path, key]),
      );
    case "record":
      return recordFromWire(def, value, path);
    case "union":
      return unionFromWire(def.options, value, path);
    case "intersection":
      return fromWire(def.right, fromWire(def.left, value, path).value, path);
    default:
      return { value, unknown: [] };
  }
}

/** A field's path as the client knows it: the schema's own names renamed, the keys of free-form maps kept. */
export function wirePath(schema: Schema, path: readonly string[]): string[] {
  const [first, ...rest] = path;
  if (first === undefined) return [];
  const def = definitionOf(unwrap(schema).schema);
  switch (def.type) {
    case "object": {
      const member = def.shape[first];
      return member === undefined
        ? [snakeCase(first), ...rest]
        : [snakeCase(first), ...wirePath(member, rest)];
    }
    case "array":
      return [first, ...wirePath(def.element, rest)];
    case "record":
      return [first, ...wirePath(def.valueType, rest)];
    case "union":
      return wirePath(def.options.find((option) => first in shapeOf(option)) ?? z.unknown(), path);
    default:
      return [...path];
  }
}

/** Error parameters are our own words, never free-form maps. */
export function paramsToWire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(paramsToWire);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return mapEntries(value, (key, member) => [snakeCase(key), paramsToWire(member)]);
}

/** What a transform makes has no schema, so it is sent as it is. */
function unwrapForOutput(schema: Schema): Schema {
  const def = definitionOf(schema);
  if (def.type === "pipe") return unwrapForOutput(def.out);
  if (def.type === "lazy") return unwrapForOutput(def.getter());
  return "innerType" in def ? unwrapForOutput(def.innerType) : schema;
}

function objectFromWire(def: z.core.$ZodObjectDef, value: object, path: readonly string[]): FromWire {
  const names = new Map(Object.entries(def.shape).map(([key, member]) => [snakeCase(key), { key, member }]));
  const unknown: string[] = [];
  const entries: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    const known = names.get(name);
    if (known !== undefined) {
      const inner = fromWire(known.member, member, [...path, name]);
      unknown.push(...inner.unknown);
      entries.push([known.key, inner.value]);
    } else if (isOpen(def)) entries.push([name, member]);
    else unknown.push([...path, name].join("."));
  }
  return { value: Object.fromEntries(entries), unknown };
}

function isRecursive(schema: Schema): boolean {
  const def = definitionOf(schema);
  return def.type === "lazy" || ("innerType" in def && isRecursive(def.innerType));
}

/** A map has no place for a key that would become the object's own ancestor. */
function recordFromWire(def: z.core.$ZodRecordDef, value: object, path: readonly string[]): FromWire {
  const reading = collect(value, (member, key) => fromWire(def.valueType, member, [...path, key]));
  const isPoisoned = Object.hasOwn(value, "__proto__");
  return isPoisoned
    ? { ...reading, unknown: [...reading.unknown, [...path, "__proto__"].join(".")] }
    : reading;
}

function unionFromWire(options: readonly Schema[], value: object, path: readonly string[]): FromWire {
  const readings = options.map((option) => ({ option, ...fromWire(option, value, path) }));
  const fitting = readings.filter((reading) => z.safeParse(reading.option, reading.value).success);
  const best = (fitting.length > 0 ? fitting : readings).sort(
    (a, b) => a.unknown.length - b.unknown.length,
  )[0];
  return best === undefined ? { value, unknown: [] } : { value: best.value, unknown: best.unknown };
}

function collect(value: object, read: (member: unknown, key: string) => FromWire): FromWire {
  const readings = Object.entries(value).map(([key, member]) => [key, read(member, key)] as const);
  const unknown = readings.flatMap(([, reading]) => reading.unknown);
  if (Array.isArray(value)) return { value: readings.map(([, reading]) => reading.value), unknown };
  return { value: Object.fromEntries(readings.map(([key, reading]) => [key, reading.value])), unknown };
}

function mapEntries(value: object, map: (key: string, member: unknown) => [string, unknown]): object {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => map(key, member)));
}
