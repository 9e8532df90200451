"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { PlannedImport } from "@/lib/vms/adoption/schema";
import { ImportPlan } from "./import-plan";

type ImportPlansProps = { plans: readonly PlannedImport[]; isStarting: boolean; onStart: () => void };

export function ImportPlans({ plans, isStarting, onStart }: ImportPlansProps) {
  const t = useTranslations("adoption.import");
  const count = plans.filter(({ result }) => result === "accepted").length;
  return (
    <Section title={t("previewTitle")} description={t("previewDetail")}>
      <ul className="grid min-w-0 gap-3 lg:grid-cols-2">
        {plans.map((machine) => (
          <ImportPlan key={`${machine.namespace}/${machine.name}`} machine={machine} />
        ))}
      </ul>
      {count === 0 ? (
        <p className="text-sm text-ink-muted">{t("none")}</p>
      ) : (
        <Button variant="primary" pending={isStarting} onClick={onStart} className="w-fit">
          {t("start", { count })}
        </Button>
      )}
    </Section>
  );
}
