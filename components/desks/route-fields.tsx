"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import type { Route } from "@/lib/requests/desks/schema";
import { operations } from "@/lib/vocabulary/operations";

const routable = [...operations, "SYSTEM_ACCESS"] as const;
const sizes = ["minCpuCores", "minMemoryGi", "minDiskGb"] as const;

type RouteFieldsProps = {
  at: number;
  route: Route;
  environments: readonly string[];
  onChange: (route: Route) => void;
  onRemove: () => void;
};

/** One route: operations, environments and the smallest size; what is left open takes all. */
export function RouteFields({ at, route, environments, onChange, onRemove }: RouteFieldsProps) {
  const t = useTranslations("desks.routes");
  return (
    <fieldset className="grid min-w-0 gap-3 rounded-md border p-3">
      <legend className="sr-only">{t("route", { number: at + 1 })}</legend>
      <div className="flex items-center justify-between gap-2">
        <span className="text-sm font-medium">{t("route", { number: at + 1 })}</span>
        <IconButton label={t("remove")} onClick={onRemove}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      <ChoiceList
        title={t("operations")}
        options={routable.map((one) => ({ value: one, label: t(`operation.${one}`) }))}
        chosen={route.operations}
        onChange={(chosen) => onChange({ ...route, operations: chosen })}
      />
      <ChoiceList
        title={t("environments")}
        options={environments.map((one) => ({ value: one, label: one }))}
        chosen={route.environments}
        onChange={(chosen) => onChange({ ...route, environments: chosen })}
      />
      <div className="grid gap-3 sm:grid-cols-3">
        {sizes.map((size) => (
          <SizeField
            key={size}
            id={`route-${at}-${size}`}
            label={t(size)}
            value={route[size]}
            onChange={(value) => onChange({ ...route, [size]: value })}
          />
        ))}
      </div>
    </fieldset>
  );
}

type ChoiceListProps<Value extends string> = {
  title: string;
  options: readonly { value: Value; label: string }[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
};

function ChoiceList<Value extends string>({ title, options, chosen, onChange }: ChoiceListProps<Value>) {
  const t = useTranslations("desks.routes");
  return (
    <details className="min-w-0">
      <summary className="cursor-pointer text-sm">
        {title}:{" "}
        <span className="text-ink-muted">
          {chosen.length === 0 ? t("all") : t("some", { count: chosen.length })}
        </span>
      </summary>
      <div className="mt-2 grid gap-1.5 sm:grid-cols-2">
        {options.map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            checked={chosen.includes(value)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          />
        ))}
      </div>
    </details>
  );
}

type SizeFieldProps = {
  id: string;
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
};

function SizeField({ id, label, value, onChange }: SizeFieldProps) {
  return (
    <div className="grid gap-1">
      <Label htmlFor={id}>{label}</Label>
      <Input
        id={id}
        type="number"
        min={0}
        value={value ?? ""}
        onChange={({ target }) => onChange(target.value === "" ? null : Math.max(0, Number(target.value)))}
      />
    </div>
  );
}
