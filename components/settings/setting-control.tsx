"use client";

import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import type { SettingRow } from "@/lib/settings/schema";

interface SettingControlProps {
  setting: SettingRow;
  label: string;
  unit: string;
}

/** The input of a setting's own kind; its range is refused in words, not by the browser. */
export function SettingControl({ setting: { value }, label, unit }: SettingControlProps) {
  if (typeof value === "boolean") {
    return (
      <>
        <input type="hidden" name="value" value="false" />
        <Switch
          name="value"
          value="true"
          label={<span className="sr-only">{label}</span>}
          defaultChecked={value}
          className="gap-0"
        />
      </>
    );
  }
  if (typeof value === "number") {
    return (
      <span className="inline-flex items-center gap-2 text-sm text-ink-muted">
        <Input
          name="value"
          inputMode="numeric"
          autoComplete="off"
          aria-label={label}
          defaultValue={value}
          className="w-24 text-right tabular-nums"
        />
        <span className="min-w-18">{unit}</span>
      </span>
    );
  }
  if (typeof value === "string") {
    return (
      <Input name="value" mono autoComplete="off" aria-label={label} defaultValue={value} className="w-64" />
    );
  }
  return (
    <Textarea
      name="value"
      mono
      rows={2}
      aria-label={label}
      defaultValue={value.join(", ")}
      className="w-full"
    />
  );
}
