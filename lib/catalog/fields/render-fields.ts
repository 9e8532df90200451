import { allowedRange, allowedValues, suggestedValues } from "./allowed-values";
import type { FieldNode } from "./schema";
import type { StoredField, StoredSchema } from "./stored/schema";

const metadataField: StoredField = {
  type: "object",
  children: {
    annotations: { type: "map", items: { type: "string" } },
    labels: { type: "map", items: { type: "string" } },
    name: { type: "string" },
    namespace: { type: "string" },
  },
};

/** What is kept → the tree of `spec`: paths, shapes in their places, and the values that this minor allows. */
export function renderFields({ root, shapes }: StoredSchema, minor: string): FieldNode {
  const place = { name: "spec", path: "spec", above: [] };
  return renderField({ shapes, minor }, root, place);
}

interface Source {
  shapes: StoredSchema["shapes"];
  minor: string;
}

interface Place {
  name: string;
  path: string;
  /** The shapes around it: one that holds itself ends as free form. */
  above: string[];
}

function renderField(source: Source, stored: StoredField, place: Place): FieldNode {
  const { path, name } = place;
  const field = name === "metadata" && stored.type === "object" ? { ...stored, ...metadataField } : stored;
  const node: FieldNode = {
    name,
    path,
    type: field.type,
    description: field.description ?? "",
    required: field.required ?? false,
    ...(field.options === undefined ? {} : { options: field.options }),
    ...(field.format === undefined ? {} : { format: field.format }),
    ...(field.maximum === undefined ? {} : { maximum: field.maximum }),
  };
  addValues(node, source.minor);
  const children = renderChildren(source, field, place);
  if (children !== undefined) node.children = children;
  if (field.items !== undefined) node.items = renderField(source, field.items, itemsPlace(field, place));
  return node;
}

/** Our own table knows more than any schema; where it has no value for this minor, the field stays as declared. */
function addValues(node: FieldNode, minor: string): void {
  const options = node.type === "string" || node.type === "enum" ? allowedValues(node.path, minor) : null;
  if (options !== null && options.length > 0) {
    node.type = "enum";
    node.options = options;
  }
  const suggestions = suggestedValues(node.path);
  if (suggestions !== null) node.suggestions = suggestions;
  const [minimum, maximum] = allowedRange(node.path) ?? [];
  if (minimum !== undefined) node.minimum = minimum;
  if (maximum !== undefined) node.maximum = maximum;
}

function renderChildren(source: Source, field: StoredField, place: Place): FieldNode[] | undefined {
  const { ref } = field;
  if (ref !== undefined && place.above.includes(ref)) return undefined;
  const above = ref === undefined ? place.above : [...place.above, ref];
  const children = ref === undefined ? field.children : source.shapes[ref];
  if (children === undefined) return undefined;
  return Object.entries(children).map(([name, child]) =>
    renderField(source, child, { name, path: `${place.path}.${name}`, above }),
  );
}

function itemsPlace(field: StoredField, { name, path, above }: Place): Place {
  return { name, path: `${path}${field.type === "map" ? "{}" : "[]"}`, above };
}
