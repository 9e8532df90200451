"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  previewTemplateAction,
  resetTemplateAction,
  testMailAction,
  updateTemplateAction,
} from "@/app/actions/notices";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { TemplatePreview, TemplateRow } from "@/lib/notifications/templates/schema";
import { TemplatePreviewCard } from "./template-preview-card";
import { TestButton } from "./test-button";

/** The words on one side, on the other how they arrive. */
export function TemplateForm({ template, preview }: { template: TemplateRow; preview: TemplatePreview }) {
  const t = useTranslations("notices.texts");
  const [subject, setSubject] = useState(template.subject);
  const [body, setBody] = useState(template.body);
  const [shown, setShown] = useState(preview);
  const key = { name: template.name, locale: template.locale };
  return (
    <div className="grid min-w-0 items-start gap-5 xl:grid-cols-2">
      <Card title={t("words")}>
        <ActionForm action={updateTemplateAction} successMessage={t("saved")} className="grid min-w-0 gap-4">
          <HiddenInputs values={{ ...key, version: String(template.version) }} />
          <Field name="subject" label={t("subject")} required>
            <Input value={subject} onChange={(event) => setSubject(event.target.value)} maxLength={200} />
          </Field>
          <Field name="body" label={t("body")} hint={t("bodyHint")} required>
            <Textarea
              mono
              rows={10}
              value={body}
              onChange={(event) => setBody(event.target.value)}
              maxLength={4000}
            />
          </Field>
          <Placeholders names={template.placeholders} onAdd={(text) => setBody(`${body}${text}`)} />
          <FormMessage visibleFields={["subject", "body"]} />
          <SubmitButton className="w-fit">{t("save")}</SubmitButton>
        </ActionForm>
        <div className="mt-4 flex flex-wrap items-start gap-2 border-t pt-4">
          <PreviewForm values={{ ...key, subject, body }} onShown={setShown} />
          {template.name !== "DIGEST" && (
            <TestButton action={testMailAction} label={t("test")} hidden={key} />
          )}
          {template.isOwn && <ResetTemplate hidden={key} />}
        </div>
      </Card>
      <TemplatePreviewCard preview={shown} />
    </div>
  );
}

function Placeholders({ names, onAdd }: { names: readonly string[]; onAdd: (text: string) => void }) {
  const t = useTranslations("notices.texts");
  return (
    <div className="grid gap-1.5">
      <p className="text-xs text-ink-muted">{t("placeholders")}</p>
      <div className="flex flex-wrap gap-1.5">
        {names.map((name) => (
          <Button key={name} type="button" size="sm" className="font-mono" onClick={() => onAdd(`{${name}}`)}>
            {`{${name}}`}
          </Button>
        ))}
      </div>
    </div>
  );
}

type PreviewFormProps = { values: Record<string, string>; onShown: (preview: TemplatePreview) => void };

function PreviewForm({ values, onShown }: PreviewFormProps) {
  const t = useTranslations("notices.texts");
  return (
    <ActionForm action={previewTemplateAction} onSuccess={onShown} className="grid gap-2">
      <HiddenInputs values={values} />
      <SubmitButton variant="secondary">{t("preview")}</SubmitButton>
      <FormMessage visibleFields={[]} />
    </ActionForm>
  );
}

function ResetTemplate({ hidden }: { hidden: Record<string, string> }) {
  const t = useTranslations("notices.texts");
  return (
    <ConfirmAction
      trigger={<Button variant="ghost">{t("reset")}</Button>}
      title={t("resetTitle")}
      description={t("resetText")}
      confirmLabel={t("reset")}
      action={resetTemplateAction}
      hidden={hidden}
      successMessage={t("resetDone")}
    />
  );
}
