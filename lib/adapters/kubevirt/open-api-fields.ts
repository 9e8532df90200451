import { ClusterFailure, cleanText } from "./failures";

/** A field as an API document declares it, reduced to what a form needs. */
export interface DeclaredField {
  type: "integer" | "number" | "string" | "boolean" | "quantity" | "enum" | "array" | "object" | "map";
  description?: string;
  required?: true;
  maximum?: number;
  options?: string[];
  /** A string that may also be written as an integer. */
  format?: "int-or-string";
  /** Of an object; none means that anything may stand below it. */
  children?: Record<string, DeclaredField>;
  /** Of an array or a map. */
  items?: DeclaredField;
}

const fieldsMax = 20_000;
const depthMax = 24;
const referencesMax = 16;
const optionsMax = 100;
const membersMax = 500;
const descriptionLengthMax = 400;
const fieldName = /^[A-Za-z][\w-]{0,62}$/;
const poisonedNames = new Set(["__proto__", "constructor", "prototype"]);

type Json = Record<string, unknown>;

interface Reading {
  schemas: Json;
  fields: number;
}

/**
 * Reduces what a document declares at one of its schemas; the document is a stranger's.
 * @throws ClusterFailure when it is larger than any API, or refers in circles
 */
export function reduceSchema(schemas: unknown, declared: unknown): DeclaredField {
  const reading = { schemas: isJson(schemas) ? schemas : {}, fields: 0 };
  return reduce(reading, declared, { name: "spec", depth: 0 });
}

/** The first sentences, as far as they fit. */
export function shortenDescription(text: string): string {
  const clean = cleanText(text.replace(/\s+/g, " ").trim(), 8_000);
  if (/^(Quantity is a fixed-point|IntOrString is a type)/.test(clean)) return "";
  if (clean.length <= descriptionLengthMax) return clean;
  const start = clean.slice(0, descriptionLengthMax);
  const end = Math.max(...[". ", "; "].map((mark) => start.lastIndexOf(mark)));
  return end > 40 ? start.slice(0, end + 1) : `${start.slice(0, descriptionLengthMax - 1)}…`;
}

interface Place {
  name: string;
  depth: number;
}

function reduce(reading: Reading, declared: unknown, place: Place): DeclaredField {
  reading.fields += 1;
  if (reading.fields > fieldsMax) throw hostile(`has more than ${fieldsMax} fields`);
  const schema = follow(reading, declared);
  const text = describe(declared, schema);
  const description = text === "" ? {} : { description: text };
  if (place.depth > depthMax) return { type: "object", ...description };
  return { ...shapeOf(reading, schema, place), ...description };
}

function shapeOf(reading: Reading, schema: Json, place: Place): DeclaredField {
  if (isIntOrString(schema)) {
    const isPort = place.name === "port" && schema["pattern"] === undefined;
    return isPort ? { type: "string", format: "int-or-string" } : { type: "quantity" };
  }
  switch (schema["type"]) {
    case "object":
      return objectShape(reading, schema, place);
    case "array":
      return {
        type: "array",
        items: reduce(reading, schema["items"], { name: place.name, depth: place.depth + 1 }),
      };
    case "integer":
      return schema["format"] === "int64"
        ? { type: "integer", maximum: Number.MAX_SAFE_INTEGER }
        : { type: "integer" };
    case "number":
    case "boolean":
      return { type: schema["type"] };
    case "string":
      return textShape(schema);
    default:
      return { type: "object" };
  }
}

function objectShape(reading: Reading, schema: Json, { depth }: Place): DeclaredField {
  const { properties, additionalProperties } = schema;
  if (schema["x-kubernetes-preserve-unknown-fields"] === true) return { type: "object" };
  if (!isJson(properties)) {
    if (additionalProperties === true) return { type: "object" };
    if (!isJson(additionalProperties)) return { type: "object", children: {} };
    return { type: "map", items: reduce(reading, additionalProperties, { name: "", depth: depth + 1 }) };
  }
  const names = Object.keys(properties).filter((name) => fieldName.test(name) && !poisonedNames.has(name));
  if (names.length > membersMax) throw hostile(`declares an object of more than ${membersMax} members`);
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"].slice(0, membersMax) : []);
  const children = names.map((name): [string, DeclaredField] => {
    const child = reduce(reading, properties[name], { name, depth: depth + 1 });
    return [name, required.has(name) ? { ...child, required: true } : child];
  });
  return { type: "object", children: Object.fromEntries(children) };
}

function textShape(schema: Json): DeclaredField {
  if (!Array.isArray(schema["enum"])) return { type: "string" };
  const options = schema["enum"].filter(
    (one): one is string => typeof one === "string" && one !== "" && one.length <= 200,
  );
  return options.length > 0
    ? { type: "enum", options: options.slice(0, optionsMax).map((one) => cleanText(one, 200)) }
    : { type: "string" };
}

/** Resolves `$ref` and the `allOf` of one that Kubernetes writes around it. */
function follow(reading: Reading, declared: unknown): Json {
  let schema = declared;
  for (let hops = 0; hops <= referencesMax; hops += 1) {
    if (!isJson(schema)) return {};
    const only =
      Array.isArray(schema["allOf"]) && schema["allOf"].length === 1 ? schema["allOf"][0] : undefined;
    const reference = schema["$ref"];
    if (typeof reference === "string") schema = lookUp(reading, reference);
    else if (isJson(only) && schema["properties"] === undefined) schema = only;
    else return schema;
  }
  throw hostile("refers in circles");
}

function lookUp({ schemas }: Reading, reference: string): unknown {
  const name = /^#\/components\/schemas\/([\w.-]{1,253})$/.exec(reference)?.[1];
  return name !== undefined && Object.hasOwn(schemas, name) ? schemas[name] : {};
}

function describe(declared: unknown, schema: Json): string {
  const own = isJson(declared) ? declared["description"] : undefined;
  const text = typeof own === "string" && own !== "" ? own : schema["description"];
  return typeof text === "string" ? shortenDescription(text.slice(0, 16_000)) : "";
}

function isIntOrString(schema: Json): boolean {
  if (schema["x-kubernetes-int-or-string"] === true || schema["format"] === "int-or-string") return true;
  const { anyOf, oneOf } = schema;
  const choices = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : [];
  const types = choices.slice(0, 4).map((one: unknown) => (isJson(one) ? one["type"] : undefined));
  return types.includes("string") && (types.includes("integer") || types.includes("number"));
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hostile(what: string): ClusterFailure {
  return new ClusterFailure("rejected", `the cluster's API document ${what}`, { reason: "MalformedAnswer" });
}
