import type { OfferedField } from "@/lib/catalog/templates/schema";

/** What was typed or chosen, by field; empty means the template's default. */
export type FieldTexts = Record<string, string>;

type FieldValue = string | number | boolean;

/** Typed values of what was set; undefined when nothing was. */
export function fieldValues(
  fields: readonly OfferedField[],
  texts: FieldTexts,
): Record<string, FieldValue> | undefined {
  const set = fields.flatMap(({ key, type }) => {
    const text = texts[key]?.trim() ?? "";
    return text === "" ? [] : [[key, typed(type, text)] as const];
  });
  return set.length === 0 ? undefined : Object.fromEntries(set);
}

/** What is no number goes on as text, and the server names the field. */
function typed(type: OfferedField["type"], text: string): FieldValue {
  if (type === "boolean") return text === "true";
  const isNumber = (type === "integer" || type === "number") && Number.isFinite(Number(text));
  return isNumber ? Number(text) : text;
}

/** A key of the messages: dots would part it. */
export function fieldSlug(key: string): string {
  return key.replace(/[^a-zA-Z0-9]/g, "_");
}
