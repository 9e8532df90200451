"use client";

import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/ui/use-error-text";
import { fieldLayers } from "./template-choices";
import { FieldPicker } from "./field-picker";
import { LayerRow } from "./layer-row";
import type { FieldPlace } from "./template-draft";
import { useTemplateEditing } from "./template-editor-context";

const fieldPlaces: readonly FieldPlace[] = [...fieldLayers, "fixed"];

/** Members whose problems stand at the field they speak of, or here where it is not drawn. */
const members = ["quickFields", "advancedFields", "professionalFields", "fieldDefaults", "fieldConstraints"];

/** Which fields requesters set, in the order of their form, and what the template itself says of the others. */
export function LayerFields() {
  const t = useTranslations("templates.layers");
  const errorText = useErrorText();
  const { draft, problems } = useTemplateEditing();
  const drawn = new Set(draft.fields.map(({ key }) => key));
  const messages = problems
    .filter(
      ({ field, params }) =>
        field !== null && members.includes(field) && !drawn.has(String(params?.["path"])),
    )
    .map(errorText);
  const used = fieldPlaces.filter((place) => draft.fields.some((field) => field.place === place));
  return (
    <div className="grid min-w-0 gap-5">
      {used.length === 0 && <p className="text-sm text-ink-muted">{t("none")}</p>}
      {used.map((place) => (
        <section key={place} className="grid min-w-0 gap-2">
          <div>
            <h3 className="text-sm font-medium">{t(`place.${place}`)}</h3>
            <p className="text-xs text-ink-faint">{t(`placeHint.${place}`)}</p>
          </div>
          <ul className="grid min-w-0 divide-y rounded-md border">
            {draft.fields
              .filter((field) => field.place === place)
              .map((field) => (
                <LayerRow key={field.key} field={field} />
              ))}
          </ul>
        </section>
      ))}
      {messages.length > 0 && (
        <ul className="grid gap-1 text-xs text-danger">
          {[...new Set(messages)].map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      <FieldPicker />
    </div>
  );
}
