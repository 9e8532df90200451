"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DeskDetail } from "@/lib/requests/desks/schema";

const paces = [
  { name: "sortOrder", initial: 100, min: 0, max: 100_000 },
  { name: "timeoutSeconds", initial: 30, min: 1, max: 120 },
  { name: "retryCount", initial: 3, min: 0, max: 10 },
  { name: "retryBackoffSeconds", initial: 2, min: 1, max: 60 },
  { name: "pollSeconds", initial: 60, min: 10, max: 3_600 },
] as const;

/** In which order it is tried, and how patiently. */
export function PaceFields({ desk }: { desk: DeskDetail | undefined }) {
  const t = useTranslations("desks.pace");
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      {paces.map(({ name, initial, min, max }) => (
        <Field key={name} name={name} label={t(`${name}.label`)} hint={t(`${name}.hint`)}>
          <Input
            type="number"
            min={min}
            max={max}
            defaultValue={desk?.[name] ?? initial}
            className="max-w-32"
          />
        </Field>
      ))}
    </div>
  );
}
