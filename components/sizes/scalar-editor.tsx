"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { ValueEditorProps } from "./value-editing";

export function ScalarEditor({ field, value, onChange, label }: ValueEditorProps) {
  const t = useTranslations("sizes.fields");
  const id = useId();
  switch (field.type) {
    case "boolean":
      return (
        <SegmentedControl
          name={id}
          label={label}
          value={String(value)}
          onChange={(text) => onChange(text === "true")}
          options={[
            { value: "true", label: t("on") },
            { value: "false", label: t("off") },
          ]}
        />
      );
    case "enum":
      return <OptionSelect {...{ field, value, onChange, label }} />;
    case "integer":
    case "number":
      return (
        <Input
          type="number"
          aria-label={label}
          min={field.minimum}
          max={field.maximum}
          step={field.type === "integer" ? 1 : "any"}
          value={typeof value === "number" ? value : ""}
          onChange={({ target }) => onChange(target.value === "" ? null : Number(target.value))}
          className="max-w-48"
        />
      );
    default:
      return <TextInput {...{ field, value, onChange, label }} />;
  }
}

function OptionSelect({ field, value, onChange, label }: ValueEditorProps) {
  const options = field.options ?? [];
  const text = textOf(value);
  // A value that this version does not offer stays visible instead of turning into another.
  const all = options.includes(text) ? options : [text, ...options];
  return (
    <Select
      aria-label={label}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      options={all.map((option) => ({ value: option, label: option === "" ? "–" : option }))}
      className="max-w-72"
    />
  );
}

function TextInput({ field, value, onChange, label }: ValueEditorProps) {
  const listId = useId();
  const suggestions = field.suggestions ?? [];
  const isShort = field.type === "quantity" || suggestions.length > 0 || textOf(value).length < 60;
  // A port may be written as a number, and stays one.
  const take = (text: string) =>
    onChange(field.format === "int-or-string" && /^\d{1,9}$/.test(text) ? Number(text) : text);
  if (!isShort) {
    return (
      <Textarea
        mono
        rows={2}
        aria-label={label}
        value={textOf(value)}
        onChange={(event) => take(event.target.value)}
      />
    );
  }
  return (
    <>
      <Input
        mono
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        placeholder={field.type === "quantity" ? "512Mi" : undefined}
        list={suggestions.length > 0 ? listId : undefined}
        value={textOf(value)}
        onChange={(event) => take(event.target.value)}
        className="max-w-72"
      />
      {suggestions.length > 0 && (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </>
  );
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === null || value === undefined ? "" : JSON.stringify(value);
}
