"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

export interface ServiceOption {
  id: string;
  name: string;
  systemName: string;
}

type ServicePickerProps = {
  services: readonly ServiceOption[];
  value: string;
  onChange: (serviceId: string) => void;
  hint?: string | undefined;
  error?: string | undefined;
};

/** Few services are a list; many are one that a few typed letters make short. */
const listedMax = 12;

export function ServicePicker({ services, value, onChange, hint, error }: ServicePickerProps) {
  const t = useTranslations("adoption.adopt");
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const shown = services.filter((service) => service.id === value || nameOf(service).includes(wanted));
  return (
    <Field name="serviceId" label={t("service")} hint={hint} error={error} required>
      <div className="grid gap-2">
        {services.length > listedMax && (
          <Input
            type="search"
            aria-label={t("find")}
            placeholder={t("find")}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        <Select value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t("choose")}</option>
          {shown.map((service) => (
            <option key={service.id} value={service.id}>
              {nameOf(service)}
            </option>
          ))}
        </Select>
      </div>
    </Field>
  );
}

function nameOf({ systemName, name }: ServiceOption): string {
  return `${systemName} / ${name}`;
}
