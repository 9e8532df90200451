"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { ModifyContext } from "@/lib/requests/modification/schema";
import { diskField, type PlanRow } from "@/lib/vms/modification/schema";
import { AmountField } from "./amount-field";
import { boundsOf, type ModifyTexts } from "./modify-question";
import { PlanLine } from "./plan-line";
import { useSettingWords } from "./use-setting-words";

const otherDiskGbMax = 65_536;

type AmountFieldsProps = {
  context: ModifyContext;
  texts: ModifyTexts;
  onChange: (texts: ModifyTexts) => void;
  rows: readonly PlanRow[];
  errorOf: (field: string) => string | undefined;
};

/** Processors, memory and disk, each with what its change takes beside it. */
export function AmountFields({ context, texts, onChange, rows, errorOf }: AmountFieldsProps) {
  const t = useTranslations("modification");
  const { nameOf, valueOf } = useSettingWords();
  const { vm } = context;
  const bounds = boundsOf(context, texts.instanceSizeId);
  const amounts = [
    { name: "cpuCores", minimum: 0.5, maximum: bounds.cpuCoresMax, step: 0.5 },
    { name: "memoryGi", minimum: 0.5, maximum: bounds.memoryGiMax, step: 0.5 },
    { name: "diskGb", minimum: bounds.diskGbMin, maximum: bounds.diskGbMax, step: 1 },
  ] as const;
  const hintOf = (name: (typeof amounts)[number]["name"], minimum: number, maximum: number) => {
    const value = valueOf(name, vm[name]);
    if (name === "diskGb") return t("form.diskGrows", { value, maximum });
    return `${t("form.now", { value })} · ${t("form.range", { minimum, maximum })}`;
  };
  return (
    <div className="grid gap-3">
      {context.sizes.length > 0 && (
        <SizeField context={context} texts={texts} onChange={onChange} error={errorOf("instanceSizeId")} />
      )}
      {amounts.map(({ name, minimum, maximum, step }) => {
        const row = rows.find(({ field }) => field === name);
        return (
          <AmountField
            key={name}
            name={name}
            label={nameOf(name)}
            hint={hintOf(name, minimum, maximum)}
            now={vm[name]}
            minimum={minimum}
            maximum={maximum}
            step={step}
            text={texts[name]}
            onChange={(text) => onChange({ ...texts, [name]: text })}
            error={errorOf(name)}
            anchor={name === "diskGb" ? "disk" : undefined}
          >
            {row && <PlanLine row={row} />}
          </AmountField>
        );
      })}
      <OtherDisks context={context} texts={texts} onChange={onChange} rows={rows} error={errorOf("disks")} />
    </div>
  );
}

type OtherDisksProps = Pick<AmountFieldsProps, "context" | "texts" | "onChange" | "rows"> & {
  error: string | undefined;
};

/** Disks that were plugged in or came with a machine that was found. */
function OtherDisks({ context, texts, onChange, rows, error }: OtherDisksProps) {
  const t = useTranslations("modification");
  const { nameOf, valueOf } = useSettingWords();
  return context.disks
    .filter(({ isExpandable }) => isExpandable !== false)
    .map(({ name, sizeGb }) => {
      const field = diskField(name);
      const row = rows.find((one) => one.field === field);
      return (
        <AmountField
          key={name}
          name={field}
          label={nameOf(field)}
          hint={t("form.diskGrows", { value: valueOf(field, sizeGb), maximum: otherDiskGbMax })}
          now={sizeGb}
          minimum={sizeGb}
          maximum={otherDiskGbMax}
          step={1}
          text={texts.disks[name] ?? ""}
          onChange={(text) => onChange({ ...texts, disks: { ...texts.disks, [name]: text } })}
          error={error}
          isNameless
          anchor={`disk-${name}`}
        >
          {row && <PlanLine row={row} />}
        </AmountField>
      );
    });
}

type SizeFieldProps = Pick<AmountFieldsProps, "context" | "texts" | "onChange"> & {
  error: string | undefined;
};

function SizeField({ context, texts, onChange, error }: SizeFieldProps) {
  const t = useTranslations("modification");
  const others = context.sizes.filter(({ id }) => id !== context.vm.instanceSizeId);
  return (
    <Field name="instanceSizeId" label={t("form.size")} hint={t("form.sizeHint")} error={error}>
      <Select
        value={texts.instanceSizeId}
        onChange={(event) => onChange({ ...texts, instanceSizeId: event.target.value })}
      >
        <option value="">{t("form.sizeKept")}</option>
        {others.map(({ id, displayName, cpuCores, memoryGi }) => (
          <option key={id} value={id}>
            {t("form.sizeOption", { name: displayName, cpu: cpuCores, memory: memoryGi })}
          </option>
        ))}
      </Select>
    </Field>
  );
}
