"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

const countMax = 10;

/** How many alike; one is a request of its own, several are a batch. Posted as `count`. */
export function CountField() {
  const t = useTranslations("batches");
  return (
    <Field name="count" label={t("count.label")} hint={t("count.hint", { maximum: countMax })}>
      <Input
        type="number"
        inputMode="numeric"
        min={1}
        max={countMax}
        step={1}
        defaultValue={1}
        className="w-24"
      />
    </Field>
  );
}
