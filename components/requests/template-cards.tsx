"use client";

import { useTranslations } from "next-intl";
import { RadioCards } from "@/components/ui/radio-cards";
import type { TemplateRow } from "@/lib/catalog/templates/schema";
import { isOffered, type NamespaceOffer } from "./settle-choice";
import { TemplateMark } from "./template-mark";

type TemplateCardsProps = {
  templates: readonly TemplateRow[];
  namespace: NamespaceOffer | undefined;
  value: string;
  onChoose: (templateId: string) => void;
  error: string | undefined;
};

export function TemplateCards({ templates, namespace, value, onChoose, error }: TemplateCardsProps) {
  const t = useTranslations("requests");
  const cards = templates.map((template) => ({
    value: template.id,
    label: (
      <span className="flex items-center gap-2">
        <TemplateMark name={template.displayName} osFamily={template.osFamily} logoUrl={template.logoUrl} />
        {template.displayName}
      </span>
    ),
    facts: t("form.templateFacts", {
      os: t(`form.osFamily.${template.osFamily === "windows" ? "windows" : "linux"}`),
      version: template.version,
    }),
    description: template.description,
    disabledReason: isOffered(template, namespace)
      ? undefined
      : t("form.notOffered", { environment: namespace?.environmentName ?? "" }),
  }));
  return (
    <RadioCards
      name="templateId"
      label={<span className="sr-only">{t("form.template")}</span>}
      cards={cards}
      value={value}
      onChange={onChoose}
      error={error}
      columns={3}
    />
  );
}
