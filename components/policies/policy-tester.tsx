"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { testPoliciesAction } from "@/app/actions/policies";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PolicyAnswer as Answer, PolicyOptions } from "@/lib/requests/policies/schema";
import { operations } from "@/lib/vocabulary/operations";
import { PolicyAnswer } from "./policy-answer";
import { useOperationName } from "./policy-words";

interface PolicyTesterProps {
  options: PolicyOptions;
  /** Whoever asks, as the first guess. */
  username: string;
}

/** A request described, and beside it the rule that would answer it. */
export function PolicyTester({ options, username }: PolicyTesterProps) {
  const t = useTranslations("policies.tester");
  const [answer, setAnswer] = useState<Answer | null>(null);
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(18rem,1fr)_minmax(0,2fr)]">
      <Card>
        <ActionForm action={testPoliciesAction} onSuccess={setAnswer} className="grid gap-4">
          <PlaceFields options={options} username={username} />
          <SizeFields />
          <FormMessage visibleFields={["operation", "environment", "systemId", "requester", ...sizeNames]} />
          <SubmitButton>{t("ask")}</SubmitButton>
        </ActionForm>
      </Card>
      {answer === null ? (
        <Card flush>
          <EmptyState icon="search" title={t("resting")}>
            {t("restingText")}
          </EmptyState>
        </Card>
      ) : (
        <PolicyAnswer answer={answer} roleNames={options.roles} />
      )}
    </div>
  );
}

function PlaceFields({ options, username }: PolicyTesterProps) {
  const t = useTranslations("policies.tester");
  const nameOf = useOperationName();
  return (
    <>
      <Field name="operation" label={t("operation")} required>
        <Select options={operations.map((value) => ({ value, label: nameOf(value) }))} />
      </Field>
      <Field name="environment" label={t("environment")} required>
        <Select
          options={options.environments.map(({ name, displayName }) => ({ value: name, label: displayName }))}
        />
      </Field>
      <Field name="systemId" label={t("system")} required>
        <Select options={options.systems.map(({ id, name }) => ({ value: id, label: name }))} />
      </Field>
      <Field name="requester" label={t("requester")} hint={t("requesterHint")} required>
        <Input defaultValue={username} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Field>
    </>
  );
}

const sizes = [
  { name: "cpuCores", label: "cpu", step: 0.5 },
  { name: "memoryGi", label: "memory", step: 0.5 },
  { name: "diskGb", label: "disk", step: 1 },
  { name: "gpus", label: "gpus", step: 1 },
] as const;
const sizeNames = sizes.map(({ name }) => name);

function SizeFields() {
  const t = useTranslations("policies.tester");
  return (
    <div className="grid gap-2">
      <div className="grid grid-cols-2 gap-4">
        {sizes.map(({ name, label, step }) => (
          <Field key={name} name={name} label={t(label)}>
            <Input type="number" inputMode="decimal" min={0} step={step} />
          </Field>
        ))}
      </div>
      <p className="text-xs text-ink-faint">{t("sizeHint")}</p>
    </div>
  );
}
