import { definitionOf, shapeOf, unwrap, type Schema } from "./look-inside";
import type { FromWire } from "./wire-case";

interface TextValues {
  keys(): Iterable<string>;
  getAll(name: string): unknown[];
}

/** How a member is called in the source: as it is in a form, snake_case in a query. */
type NameOf = (member: string) => string;

/**
 * Reads a form or a query string by its schema: repeated names are arrays, `a.b` is a member of a member, empty text
 * is nothing, numbers and switches get their type, and a record comes as JSON.
 */
export function readTextValues(
  schema: Schema,
  source: TextValues,
  nameOf: NameOf = (name) => name,
): FromWire {
  const used = new Set<string>();
  const value = readObject(schema, source, { nameOf, used, prefix: "" });
  const unknown = [...new Set(source.keys())].filter((name) => !used.has(name) && !isFrameworks(name));
  return { value, unknown };
}

/** Next's server actions and its router add fields of their own. */
function isFrameworks(name: string): boolean {
  return name.startsWith("$ACTION") || name === "_rsc";
}

interface Reading {
  nameOf: NameOf;
  used: Set<string>;
  prefix: string;
}

function readObject(schema: Schema, source: TextValues, reading: Reading): Record<string, unknown> {
  const entries = Object.entries(shapeOf(schema)).map(([key, member]) => {
    const name = reading.prefix + reading.nameOf(key);
    return [key, readMember(member, source, { ...reading, prefix: name })] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function readMember(schema: Schema, source: TextValues, reading: Reading): unknown {
  const { schema: inner, optional, nullable } = unwrap(schema);
  const def = definitionOf(inner);
  const name = reading.prefix;
  if (def.type === "object") {
    const named = [...source.keys()].some((key) => key.startsWith(`${name}.`));
    if (!named && (optional || nullable)) return undefined;
    return readObject(inner, source, { ...reading, prefix: `${name}.` });
  }
  reading.used.add(name);
  const values = source.getAll(name);
  if (def.type === "array") {
    if (values.length === 0) return optional ? undefined : [];
    return values.filter((text) => text !== "").map((text) => readText(def.element, text));
  }
  // A switch that is off sends nothing, and one with a hidden "false" beside it sends that first.
  const last = values.at(-1);
  if (last === undefined) return def.type === "boolean" && !optional ? false : undefined;
  if (last === "" && nullable) return null;
  if (last === "" && (optional || def.type === "number")) return undefined;
  return readText(inner, last);
}

function readText(schema: Schema, text: unknown): unknown {
  if (typeof text !== "string") return text;
  const def = definitionOf(unwrap(schema).schema);
  if (def.type === "boolean") return readSwitch(text);
  if (def.type === "number" && text.trim() !== "" && !Number.isNaN(Number(text))) return Number(text);
  if (def.type === "record") return readRecord(text);
  return text;
}

/** Values under free names come as one text of JSON; what is none is refused by the schema as it came. */
function readRecord(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function readSwitch(text: string): unknown {
  if (["true", "on", "1"].includes(text)) return true;
  if (["false", "off", "0", ""].includes(text)) return false;
  return text;
}
