"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { firstValue, isRecord, without } from "./field-values";
import { JsonEditor } from "./json-editor";
import type { HoldingEditorProps } from "./value-editing";

/** Free names with a value each, as a table of two columns. */
export function MapEditor({ field, value, onChange, label, drawValue }: HoldingEditorProps) {
  const t = useTranslations("sizes.fields");
  const item = field.items;
  if (item === undefined || !isRecord(value)) return <JsonEditor {...{ value, onChange, label }} />;
  const entries = Object.entries(value);

  function rename(from: string, to: string) {
    if (to !== from && entries.some(([key]) => key === to)) return;
    onChange(Object.fromEntries(entries.map(([key, inner]) => [key === from ? to : key, inner])));
  }

  return (
    <div className="grid min-w-0 gap-2">
      {entries.map(([key, inner], at) => (
        <div
          key={at}
          className="grid min-w-0 grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-center gap-2"
        >
          <Input
            mono
            aria-label={t("key", { number: at + 1 })}
            placeholder={t("keyName")}
            autoComplete="off"
            spellCheck={false}
            value={key}
            onChange={(event) => rename(key, event.target.value)}
          />
          {drawValue({
            field: item,
            value: inner,
            onChange: (next) => onChange({ ...value, [key]: next }),
            label: t("keyValue", { name: key || String(at + 1) }),
          })}
          <IconButton
            size="icon-sm"
            label={t("removeKey", { name: key || String(at + 1) })}
            onClick={() => onChange(without(value, key))}
          >
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        className="w-fit"
        aria-disabled={Object.hasOwn(value, "") || undefined}
        onClick={() => Object.hasOwn(value, "") || onChange({ ...value, "": firstValue(item) })}
      >
        <Plus aria-hidden />
        {t("addKey")}
      </Button>
    </div>
  );
}
