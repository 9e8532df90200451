"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { replayPoliciesAction } from "@/app/actions/policies";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { RefusedButton } from "@/components/ui/refused-button";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PolicyListRow } from "@/lib/requests/policies/schema";
import { RuleChoice } from "./rule-choice";

interface ReplayFormProps {
  policies: readonly PolicyListRow[];
  /** The draft that somebody came from. */
  chosen: string | undefined;
}

const dayChoices = [7, 30, 90, 365];

/** Which drafts are taken as active, which rules are left out, and over how long. */
export function ReplayForm({ policies, chosen }: ReplayFormProps) {
  const t = useTranslations("policies.replays");
  const [picked, setPicked] = useState<ReadonlySet<string>>(() => new Set(chosen ? [chosen] : []));
  const drafts = policies.filter(({ state }) => state === "draft" || state === "shadow");
  const active = policies.filter(({ state }) => state === "active");
  const toggle = (id: string) => setPicked(new Set(picked.has(id) ? without(picked, id) : [...picked, id]));
  return (
    <Card title={t("new")}>
      <ActionForm action={replayPoliciesAction} className="grid gap-5">
        <RuleChoice
          name="put"
          label={t("drafts")}
          rules={drafts}
          picked={picked}
          onToggle={toggle}
          empty={t("noDrafts")}
        />
        <details open={active.some(({ id }) => picked.has(id))} className="grid gap-2">
          <summary className="cursor-pointer text-sm font-medium">{t("leaveOut")}</summary>
          <RuleChoice
            name="leaveOut"
            label={t("leaveOut")}
            rules={active}
            picked={picked}
            onToggle={toggle}
          />
        </details>
        <FormMessage visibleFields={["days"]} />
        <div className="flex flex-wrap items-end gap-3">
          <Field name="days" label={t("days")} className="w-44">
            <Select
              defaultValue="30"
              options={dayChoices.map((days) => ({ value: String(days), label: t("daysOption", { days }) }))}
            />
          </Field>
          {picked.size > 0 ? (
            <SubmitButton>{t("start")}</SubmitButton>
          ) : (
            <RefusedButton variant="primary" reason={t("nothing")}>
              {t("start")}
            </RefusedButton>
          )}
        </div>
      </ActionForm>
    </Card>
  );
}

function without(picked: ReadonlySet<string>, id: string): string[] {
  return [...picked].filter((other) => other !== id);
}
