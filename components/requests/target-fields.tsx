"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { SizeRow } from "@/lib/catalog/sizes/schema";
import type { Targets } from "./request-question";
import type { ErrorOf } from "./use-live-errors";

type TargetFieldsProps = {
  size: SizeRow;
  targets: Targets;
  onChange: (targets: Targets) => void;
  errorOf: ErrorOf;
};

/** Less than the size, if that is enough, and the disk within the size's range. */
export function TargetFields({ size, targets, onChange, errorOf }: TargetFieldsProps) {
  const t = useTranslations("requests");
  const less = [
    { name: "targetCpuCores", label: t("form.cpu"), maximum: size.cpuCores },
    { name: "targetMemoryGi", label: t("form.memory"), maximum: size.memoryGi },
  ] as const;
  return (
    <div className="grid items-start gap-4 rounded-lg border bg-surface p-4 sm:grid-cols-[9rem_9rem_minmax(0,1fr)]">
      {less.map(({ name, label, maximum }) => (
        <Field
          key={name}
          name={name}
          label={label}
          hint={t("form.atMost", { maximum })}
          error={errorOf(name)}
        >
          <Input
            type="number"
            inputMode="decimal"
            min={0.5}
            max={maximum}
            step={0.5}
            placeholder={String(maximum)}
            value={targets[name]}
            onChange={(event) => onChange({ ...targets, [name]: event.target.value })}
          />
        </Field>
      ))}
      <DiskField size={size} targets={targets} onChange={onChange} errorOf={errorOf} />
    </div>
  );
}

function DiskField({ size, targets, onChange, errorOf }: TargetFieldsProps) {
  const t = useTranslations("requests");
  const change = (targetDiskGb: string) => onChange({ ...targets, targetDiskGb });
  const range = { min: size.minDiskGb, max: size.maxDiskGb };
  return (
    <Field
      name="targetDiskGb"
      label={t("form.disk")}
      hint={t("form.diskRange", { minimum: size.minDiskGb, maximum: size.maxDiskGb })}
      error={errorOf("targetDiskGb")}
    >
      <span className="flex items-center gap-3">
        <input
          {...range}
          type="range"
          aria-label={t("form.disk")}
          step={Math.max(1, Math.round((size.maxDiskGb - size.minDiskGb) / 50))}
          value={targets.targetDiskGb === "" ? size.defaultDiskGb : Number(targets.targetDiskGb)}
          onChange={(event) => change(event.target.value)}
          className={slider}
        />
        <Input
          {...range}
          type="number"
          inputMode="numeric"
          placeholder={String(size.defaultDiskGb)}
          value={targets.targetDiskGb}
          onChange={(event) => change(event.target.value)}
          className="w-24 shrink-0"
        />
      </span>
    </Field>
  );
}

/** The browser's own slider, drawn with our colours: its track is white in dark mode otherwise. */
const slider = [
  "h-1.5 min-w-0 flex-1 cursor-pointer appearance-none rounded-full bg-neutral-line",
  "[&::-webkit-slider-thumb]:size-4 [&::-webkit-slider-thumb]:appearance-none",
  "[&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:bg-accent",
  "[&::-moz-range-thumb]:size-4 [&::-moz-range-thumb]:rounded-full",
  "[&::-moz-range-thumb]:border-0 [&::-moz-range-thumb]:bg-accent",
].join(" ");
