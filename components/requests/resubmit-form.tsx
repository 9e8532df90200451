import { useTranslations } from "next-intl";
import { resubmitRequestAction } from "@/app/actions/requests";
import { ActionForm } from "@/components/ui/action-form";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { CommentRow } from "@/lib/requests/conversation/schema";
import type { RequestDetail } from "@/lib/requests/schema";
import { WishFields, wishNames, type Catalogue, type Wish } from "./wish-fields";

type ResubmitFormProps = {
  request: RequestDetail;
  /** The question that waits for an answer. */
  question: CommentRow | undefined;
  wish: Wish;
  catalogue: Catalogue;
};

/** An approver wants to know more: answer, change what is asked for, or both. */
export function ResubmitForm({ request, question, wish, catalogue }: ResubmitFormProps) {
  const t = useTranslations("requests");
  return (
    <section
      aria-label={t("resubmit.title")}
      className="rounded-lg border border-warning-line bg-surface p-4"
    >
      <ActionForm action={resubmitRequestAction} successMessage={t("resubmit.done")} className="grid gap-4">
        <HiddenInputs values={{ ticketId: request.id, version: String(request.version) }} />
        <Callout
          tone="warning"
          title={t("resubmit.asked", { name: question?.authorName ?? t("resubmit.somebody") })}
        >
          <q className="whitespace-pre-line">{question?.body}</q>
        </Callout>
        <Field name="answer" label={t("resubmit.answer")}>
          <Textarea rows={3} maxLength={4000} />
        </Field>
        <details className="group rounded-lg border">
          <summary className="rounded-lg px-3 py-2 text-sm font-medium hover:bg-hover">
            {t("resubmit.change")}
          </summary>
          <div className="grid gap-4 border-t p-3">
            <p className="text-xs text-ink-muted">{t("resubmit.changeHint")}</p>
            <Field name="reason" label={t("fact.reason")}>
              <Textarea rows={2} maxLength={2000} defaultValue={request.reason} />
            </Field>
            <WishFields request={request} wish={wish} catalogue={catalogue} />
          </div>
        </details>
        <FormMessage visibleFields={["answer", "reason", ...wishNames]} />
        <SubmitButton size="lg" className="justify-self-start">
          {t("resubmit.send")}
        </SubmitButton>
      </ActionForm>
    </section>
  );
}
