"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FieldTexts } from "@/components/requests/field-values";
import { TemplateCards } from "@/components/requests/template-cards";
import { TemplateFields } from "@/components/requests/template-fields";
import type { OfferedField, TemplateRow } from "@/lib/catalog/templates/schema";
import { typedValue, type FieldKinds } from "./field-texts";
import { fieldLayers } from "./template-choices";
import { constraintOf, type TemplateDraft } from "./template-draft";
import { useTemplateEditing } from "./template-editor-context";

/** The tile and its fields by the very components of the request form; what is typed here goes nowhere. */
export function FormPicture() {
  const t = useTranslations("templates.picture");
  const { draft, kinds, offer } = useTemplateEditing();
  const [texts, setTexts] = useState<FieldTexts>({});
  const options = new Map(offer.fields.map((field) => [field.key, field.options]));
  const fields = offeredOf(draft, kinds, options);
  return (
    <div className="grid min-w-0 gap-4 rounded-lg border border-dashed bg-canvas p-3 sm:p-4">
      <TemplateCards
        templates={[tileOf(draft, t("unnamed"))]}
        namespace={undefined}
        value="picture"
        onChoose={() => undefined}
        error={undefined}
      />
      {fields.length > 0 ? (
        <TemplateFields fields={fields} texts={texts} onChange={setTexts} errorOf={() => undefined} />
      ) : (
        <p className="text-xs text-ink-muted">{t("noFields")}</p>
      )}
    </div>
  );
}

function offeredOf(
  { fields }: TemplateDraft,
  kinds: FieldKinds,
  options: ReadonlyMap<string, string[]>,
): OfferedField[] {
  return fieldLayers.flatMap((layer) =>
    fields
      .filter(({ place }) => place === layer)
      .map((field) => ({
        key: field.key,
        layer,
        type: kinds.get(field.key) ?? "string",
        options: options.get(field.key) ?? [],
        default: field.standard === "" ? null : typedValue(kinds.get(field.key), field.standard),
        constraint: constraintOf(field, kinds),
      })),
  );
}

/** Before it is kept it has neither a moment nor an id. */
const unsaved = {
  id: "picture",
  status: "draft",
  createdAt: new Date(0),
  updatedAt: new Date(0),
} as const;

function tileOf(draft: TemplateDraft, unnamed: string): TemplateRow {
  const { name, version, description, category, sourceType, osFamily, osVersion, catalogScope } = draft;
  const { logoUrl, loginUser, oneTimePassword } = draft;
  return {
    ...unsaved,
    ...{ name, version, description, category, sourceType, osFamily, osVersion, catalogScope },
    ...{ logoUrl, loginUser, oneTimePassword },
    displayName: draft.displayName || unnamed,
  };
}
