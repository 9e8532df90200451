"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { EditorFields, FieldNode, FieldTier } from "@/lib/catalog/fields/schema";
import { AddPath } from "./add-path";
import { FieldRow, StrayRow } from "./field-row";
import { matchesField } from "./field-words";
import { fieldTiers } from "./size-choices";
import { useSizeEditing } from "./size-editor-context";

type FurtherFieldsProps = {
  fields: EditorFields;
  query: string;
  onQuery: (query: string) => void;
};

/** Every field of KubeVirt's schema that belongs to hardware, by tier or by search. */
export function FurtherFields({ fields, query, onQuery }: FurtherFieldsProps) {
  const t = useTranslations("sizes.fields");
  const { draft } = useSizeEditing();
  const [tier, setTier] = useState<FieldTier>("advanced");
  const all = fieldTiers.flatMap((each) => fields[each]);
  const known = new Set(all.map(({ path }) => path));
  const stray = Object.keys(draft.overrides).filter((path) => !known.has(path));
  const isSearching = query.trim() !== "";
  const shown = isSearching ? all.filter((field) => matchesField(field, query)) : fields[tier];
  const strayShown = isSearching
    ? stray.filter((path) => path.toLowerCase().includes(query.trim().toLowerCase()))
    : stray;
  return (
    <div className="grid min-w-0 gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <SegmentedControl
          name="tier"
          label={t("tiers")}
          value={isSearching ? "" : tier}
          onChange={(value) => {
            const chosen = fieldTiers.find((each) => each === value);
            if (chosen) setTier(chosen);
            onQuery("");
          }}
          options={fieldTiers.map((each) => ({
            value: each,
            label: tierLabel(t(`tier.${each}`), setCount(fields[each], draft.overrides)),
          }))}
        />
        <span className="relative block min-w-0 flex-1 basis-48">
          <Search
            aria-hidden
            className="pointer-events-none absolute inset-y-0 left-2.5 my-auto size-3.5 text-ink-faint"
          />
          <Input
            type="search"
            aria-label={t("search")}
            placeholder={t("search")}
            value={query}
            onChange={(event) => onQuery(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
            className="pl-8"
          />
        </span>
      </div>
      <div className="min-w-0 overflow-clip rounded-lg border bg-surface">
        {shown.map((field) => (
          <FieldRow key={field.path} field={field} />
        ))}
        {shown.length === 0 && strayShown.length === 0 && (
          <p className="px-4 py-8 text-center text-sm text-ink-muted">{t("noMatch")}</p>
        )}
      </div>
      {strayShown.length > 0 && (
        <div className="grid min-w-0 gap-2">
          <h3 className="text-xs font-medium text-ink-muted">{t("stray")}</h3>
          <div className="min-w-0 overflow-clip rounded-lg border bg-surface">
            {strayShown.map((path) => (
              <StrayRow key={path} path={path} />
            ))}
          </div>
        </div>
      )}
      <AddPath onAdded={() => onQuery("")} />
    </div>
  );
}

function setCount(fields: readonly FieldNode[], overrides: Record<string, unknown>): number {
  return fields.filter(({ path }) => Object.hasOwn(overrides, path)).length;
}

function tierLabel(name: string, count: number): string {
  return count === 0 ? name : `${name} · ${count}`;
}
