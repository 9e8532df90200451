"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { fieldTitle } from "./field-words";
import { firstValue, isRecord, isScalar, without } from "./field-values";
import { JsonEditor } from "./json-editor";
import type { HoldingEditorProps } from "./value-editing";

/** A group: its set members, and a choice of those that are not. */
export function ObjectEditor({ field, value, onChange, label, drawValue }: HoldingEditorProps) {
  const t = useTranslations("sizes.fields");
  if (field.children === undefined || !isRecord(value)) return <JsonEditor {...{ value, onChange, label }} />;
  const set = field.children.filter(({ name }) => Object.hasOwn(value, name));
  const unset = field.children.filter(({ name }) => !Object.hasOwn(value, name));
  return (
    <div className="grid min-w-0 gap-2.5 border-l-2 pl-3">
      {set.length === 0 && <p className="text-xs text-ink-faint">{t("emptyGroup")}</p>}
      {set.map((child) => (
        <div
          key={child.name}
          className={
            isScalar(child)
              ? "grid min-w-0 gap-1 sm:grid-cols-[9rem_minmax(0,1fr)_auto] sm:items-center sm:gap-2"
              : "grid min-w-0 gap-1.5"
          }
        >
          <span className="flex min-w-0 items-center justify-between gap-2">
            <span
              className="min-w-0 font-mono text-xs break-words text-ink-muted"
              title={child.description || undefined}
            >
              {child.name}
            </span>
            {!isScalar(child) && !child.required && (
              <RemoveMember name={child.name} onRemove={() => onChange(without(value, child.name))} />
            )}
          </span>
          {drawValue({
            field: child,
            value: value[child.name] ?? null,
            onChange: (next) => onChange({ ...value, [child.name]: next }),
            label: `${label}, ${fieldTitle(child)}`,
          })}
          {isScalar(child) && !child.required && (
            <RemoveMember name={child.name} onRemove={() => onChange(without(value, child.name))} />
          )}
        </div>
      ))}
      {unset.length > 0 && (
        <Select
          aria-label={t("addMember", { name: label })}
          value=""
          onChange={({ target }) => {
            const child = unset.find(({ name }) => name === target.value);
            if (child) onChange({ ...value, [child.name]: firstValue(child) });
          }}
          options={[
            { value: "", label: t("addMemberShort") },
            ...unset.map(({ name }) => ({ value: name, label: name })),
          ]}
          className="max-w-56"
        />
      )}
    </div>
  );
}

function RemoveMember({ name, onRemove }: { name: string; onRemove: () => void }) {
  const t = useTranslations("sizes.fields");
  return (
    <IconButton size="icon-sm" label={t("removeKey", { name })} onClick={onRemove}>
      <X aria-hidden />
    </IconButton>
  );
}
