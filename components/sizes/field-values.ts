import type { FieldNode } from "@/lib/catalog/fields/schema";
import type { SpecOverrides } from "@/lib/catalog/sizes/schema";

export type Json = SpecOverrides[string];

const depthMax = 4;

/** What a field starts with when it is set: the least that its schema accepts. */
export function firstValue(field: FieldNode, depth = 0): Json {
  switch (field.type) {
    case "boolean":
      return true;
    case "integer":
    case "number":
      return Math.max(1, field.minimum ?? 1);
    case "enum":
      return field.options?.[0] ?? "";
    case "quantity":
      return "1Gi";
    case "array":
      return field.items === undefined || depth > depthMax ? [] : [firstValue(field.items, depth + 1)];
    case "map":
      return {};
    case "object":
      return requiredMembers(field, depth);
    default:
      return field.suggestions?.[0] ?? "";
  }
}

function requiredMembers(field: FieldNode, depth: number): Json {
  const required = (field.children ?? []).filter(({ required: isRequired }) => isRequired);
  if (depth > depthMax) return {};
  return Object.fromEntries(required.map((child) => [child.name, firstValue(child, depth + 1)]));
}

export function isRecord(value: unknown): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const scalarTypes = new Set<FieldNode["type"]>([
  "integer",
  "number",
  "string",
  "boolean",
  "quantity",
  "enum",
]);

export function isScalar(field: FieldNode): boolean {
  return scalarTypes.has(field.type);
}

const columnsMax = 3;

/** The columns of a list whose entries are small enough for rows of a table; null for anything larger. */
export function columnsOf(item: FieldNode | undefined): FieldNode[] | null {
  if (item?.type !== "object" || item.children === undefined) return null;
  const isFlat = item.children.length <= columnsMax && item.children.every(isScalar);
  return isFlat ? item.children : null;
}

export function without(record: Record<string, Json>, name: string): Record<string, Json> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}
