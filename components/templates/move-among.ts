import type { FieldDraft } from "./template-draft";

/** The list with one field a step earlier or later among those of its own place. */
export function moveAmong(fields: readonly FieldDraft[], field: FieldDraft, step: 1 | -1): FieldDraft[] {
  const siblings = fields.filter(({ place }) => place === field.place);
  const other = siblings[siblings.indexOf(field) + step];
  if (other === undefined) return [...fields];
  return fields.map((each) => (each === field ? other : each === other ? field : each));
}
