"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { Callout } from "@/components/ui/callout";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { TestResult } from "@/lib/notifications/deliveries/schema";

type TestButtonProps = {
  action: (form: FormData) => Promise<ActionResult<TestResult>>;
  label: string;
  hidden?: Record<string, string> | undefined;
};

/** Sends a sample and says, beside the button, what came back. */
export function TestButton({ action, label, hidden }: TestButtonProps) {
  const [result, setResult] = useState<TestResult | null>(null);
  return (
    <ActionForm action={action} onSuccess={setResult} className="grid min-w-0 gap-3">
      <HiddenInputs values={hidden} />
      <div>
        <SubmitButton variant="secondary">{label}</SubmitButton>
      </div>
      <FormMessage />
      {result && <TestOutcome result={result} />}
    </ActionForm>
  );
}

const tones = { SENT: "success", FAILED: "danger", SKIPPED: "warning", PENDING: "warning" } as const;

function TestOutcome({ result }: { result: TestResult }) {
  const t = useTranslations("notices");
  const { status, outcome, error, responseCode } = result;
  const word =
    outcome !== null && t.has(`outcome.${outcome}`) ? t(`outcome.${outcome}`) : t("outcome.waiting");
  return (
    <Callout tone={tones[status]} role="status" title={status === "PENDING" ? t("outcome.waiting") : word}>
      {error ??
        (status === "SENT" && responseCode !== null ? t("delivery.answered", { code: responseCode }) : null)}
    </Callout>
  );
}
