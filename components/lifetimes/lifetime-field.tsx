"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** For how many days; posted as `lifetimeDays`. */
export function LifetimeField() {
  const t = useTranslations("lifetimes.field");
  return (
    <Field name="lifetimeDays" label={t("label")} hint={t("hint")} optional>
      <Input type="number" inputMode="numeric" min={1} max={3650} step={1} className="w-24" />
    </Field>
  );
}
