"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import type { LayerField } from "@/lib/catalog/templates/layers/queries";
import { useTemplateEditing } from "./template-editor-context";
import { useFieldTitle } from "./use-field-title";

/** Every field that may still be added, narrowed by what is typed. */
export function FieldPicker() {
  const t = useTranslations("templates.layers");
  const { draft, change, offer } = useTemplateEditing();
  const title = useFieldTitle();
  const [query, setQuery] = useState("");
  const used = new Set(draft.fields.map(({ key }) => key));
  const words = query.trim().toLowerCase();
  const found = offer.fields.filter(
    ({ key, description }) =>
      !used.has(key) && `${title(key)} ${key} ${description}`.toLowerCase().includes(words),
  );

  function add({ key, layer, isAskable }: LayerField) {
    const place = isAskable ? layer : "fixed";
    change({ fields: [...draft.fields, { key, place, standard: "", min: "", max: "", options: [] }] });
  }

  return (
    <section aria-label={t("add")} className="grid min-w-0 gap-2">
      <h3 className="text-sm font-medium">{t("add")}</h3>
      <Input
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          // Enter would save the whole form.
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      <ul className="max-h-72 min-w-0 divide-y overflow-y-auto rounded-md border">
        {found.map((field) => (
          <li key={field.key}>
            <button
              type="button"
              onClick={() => add(field)}
              className="flex w-full min-w-0 items-start gap-2 px-3 py-2 text-left text-sm -outline-offset-2 hover:bg-hover"
            >
              <Plus aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
              <span className="grid min-w-0 gap-0.5">
                <span className="font-medium">{title(field.key)}</span>
                <code className="font-mono text-xs break-all text-ink-faint">{field.key}</code>
                <span className="line-clamp-2 text-xs text-ink-muted">{field.description}</span>
              </span>
            </button>
          </li>
        ))}
        {found.length === 0 && (
          <li className="px-3 py-2 text-sm text-ink-muted">{t(words === "" ? "allUsed" : "noneFound")}</li>
        )}
      </ul>
    </section>
  );
}
