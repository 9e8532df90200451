import type { FieldType } from "@/lib/catalog/fields/schema";
import type { CreateTemplate } from "@/lib/catalog/templates/schema";

export type Json = CreateTemplate["fieldDefaults"][string];

/** Of which type each known field is. */
export type FieldKinds = ReadonlyMap<string, FieldType>;

/** A value as it stands in an input. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What the text says for a field of the type; what does not fit goes on as text, and the server names the field. */
export function typedValue(type: FieldType | undefined, text: string): Json {
  switch (type) {
    case "boolean":
      return text === "true" || text === "false" ? text === "true" : text;
    case "integer":
    case "number":
      return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
    case "string":
    case "quantity":
    case "enum":
      return text;
    default:
      return parsed(text);
  }
}

function parsed(text: string): Json {
  try {
    // Whatever JSON text holds is JSON.
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
