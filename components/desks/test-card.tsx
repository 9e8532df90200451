"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { testDeskAction } from "@/app/actions/desks";
import { ActionForm } from "@/components/ui/action-form";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DeskTestAnswer } from "@/lib/requests/desks/schema";

/** Sends something real that leaves nothing to decide, and shows the desk's answer. */
export function TestCard({ deskId }: { deskId: string }) {
  const t = useTranslations("desks.test");
  const [answer, setAnswer] = useState<DeskTestAnswer | null>(null);
  return (
    <Card title={t("title")} description={t("description")}>
      <ActionForm action={testDeskAction} onSuccess={setAnswer} className="grid gap-3">
        <HiddenInputs values={{ deskId }} />
        <FormMessage />
        {answer && <TestAnswer answer={answer} />}
        <SubmitButton variant="secondary" className="justify-self-start">
          {t("send")}
        </SubmitButton>
      </ActionForm>
    </Card>
  );
}

function TestAnswer({ answer }: { answer: DeskTestAnswer }) {
  const t = useTranslations("desks.test");
  const facts = t("facts", { status: answer.statusCode ?? 0, ms: answer.durationMs });
  return (
    <Callout tone={answer.ok ? "success" : "danger"} role="status" title={t(answer.ok ? "good" : "bad")}>
      <p className="break-words">{answer.message}</p>
      <p className="text-xs text-ink-muted">{facts}</p>
    </Callout>
  );
}
