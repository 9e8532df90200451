import { chartValues } from "./schema";

interface ObjectSchema {
  type: "object";
  additionalProperties: false;
  properties: Record<string, unknown>;
}

/** What Helm holds the values against before it renders anything. */
export function renderValuesSchema(values: ReadonlyMap<string, unknown>): string {
  const root = objectSchema();
  // Helm hands these to every chart, used or not.
  root.properties["global"] = { type: "object" };
  const groups = new Map<string, ObjectSchema>();
  for (const { path, description, schema } of chartValues) {
    if (!values.has(path)) continue;
    const [first = "", second] = path.split(".");
    if (second === undefined) root.properties[first] = { description, ...schema };
    else groupOf(root, groups, first).properties[second] = { description, ...schema };
  }
  const head = { $schema: "http://json-schema.org/draft-07/schema#", title: "Values" };
  return `${JSON.stringify({ ...head, ...root }, null, 2)}\n`;
}

function groupOf(root: ObjectSchema, groups: Map<string, ObjectSchema>, name: string): ObjectSchema {
  const known = groups.get(name);
  if (known !== undefined) return known;
  const group = objectSchema();
  groups.set(name, group);
  root.properties[name] = group;
  return group;
}

function objectSchema(): ObjectSchema {
  return { type: "object", additionalProperties: false, properties: {} };
}
