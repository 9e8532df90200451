"use client";

import { useTranslations } from "next-intl";
import { addCommentAction } from "@/app/actions/requests";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";

export function CommentForm({ ticketId }: { ticketId: string }) {
  const t = useTranslations("requests");
  return (
    <ActionForm
      action={addCommentAction}
      onSuccess={(_result, form) => form.reset()}
      className="grid justify-items-start gap-2"
    >
      <HiddenInputs values={{ ticketId }} />
      <Field name="body" label={t("conversation.say")} hint={t("conversation.sayHint")} className="w-full">
        <Textarea rows={2} maxLength={4000} />
      </Field>
      <FormMessage visibleFields={["body"]} />
      <SubmitButton variant="secondary">{t("conversation.send")}</SubmitButton>
    </ActionForm>
  );
}
