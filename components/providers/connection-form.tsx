"use client";

import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ProviderDetail, ProviderField, ProviderType } from "@/lib/identity/providers/schema";
import { actionsOfType } from "./actions-of-type";
import { ConnectionFields } from "./connection-fields";
import { ConnectionReport } from "./connection-report";
import { FailureCallout } from "./failure-callout";
import { fieldTexts, settingsOnly, type FieldTexts } from "./field-text";
import { SamlMetadata } from "./saml-metadata";
import { useConnectionTest, type ConnectionTest } from "./use-connection-test";

type ConnectionFormProps = {
  type: ProviderType;
  fields: readonly ProviderField[];
  /** Absent for one that is set up now. */
  provider?: ProviderDetail;
  mayChange: boolean;
  mayTest: boolean;
};

/** How the server is reached. What was typed can be tried before it is kept. */
export function ConnectionForm({ type, fields, provider, mayChange, mayTest }: ConnectionFormProps) {
  const t = useTranslations("providers.connection");
  const actions = actionsOfType[type];
  const [filled, setFilled] = useState<{ texts: FieldTexts; round: number }>(() => ({
    texts: fieldTexts(fields, provider?.config ?? null),
    round: 0,
  }));
  const { test, run } = useConnectionTest(actions.test);
  const names = fields.map(({ name }) => name);
  return (
    <ActionForm
      action={provider ? actions.update : actions.configure}
      successMessage={t(provider ? "saved" : "added")}
      className="grid min-w-0 gap-4"
    >
      <HiddenInputs values={hiddenOf(type, provider)} />
      <Card title={t("title")} description={t(`what.${type}`)}>
        <div className="grid min-w-0 gap-6">
          {!provider && <NameField />}
          {type === "saml" && mayChange && (
            <SamlMetadata onRead={(texts) => setFilled(({ round }) => ({ texts, round: round + 1 }))} />
          )}
          <ConnectionFields
            key={filled.round}
            fields={fields}
            texts={filled.texts}
            secretsKept={provider?.secretsKept ?? []}
            disabled={!mayChange}
          />
        </div>
      </Card>
      <TestResult test={test} />
      <FormMessage visibleFields={[...names, "name"]} />
      {mayChange && (
        <FormEnd provider={provider}>
          {mayTest && (
            <Button
              pending={test.state === "running"}
              onClick={(event) => {
                const { form } = event.currentTarget;
                if (form) void run(settingsOnly(new FormData(form)));
              }}
            >
              {t("test")}
            </Button>
          )}
        </FormEnd>
      )}
    </ActionForm>
  );
}

function hiddenOf(type: ProviderType, provider: ProviderDetail | undefined): Record<string, string> {
  if (!provider) return { authType: type };
  return { authType: type, providerId: provider.id, version: String(provider.version) };
}

function NameField() {
  const t = useTranslations("providers.general");
  return (
    <Field name="name" label={t("name")} hint={t("nameHint")} required>
      <Input autoComplete="off" maxLength={100} />
    </Field>
  );
}

function TestResult({ test }: { test: ConnectionTest }) {
  if (test.state === "answered") return <ConnectionReport report={test.report} />;
  if (test.state === "refused") return <FailureCallout failure={test.failure} />;
  return null;
}

/** Beside the button stands what pressing it does to people. */
function FormEnd({ provider, children }: { provider: ProviderDetail | undefined; children: ReactNode }) {
  const t = useTranslations("providers.connection");
  return (
    <div className="grid gap-2">
      <p className="text-xs text-ink-muted">
        {provider ? t("effect", { count: provider.sessionCount }) : t("effectNew")}
      </p>
      <div className="flex flex-wrap gap-2">
        <SubmitButton>{t(provider ? "save" : "add")}</SubmitButton>
        {children}
      </div>
    </div>
  );
}
