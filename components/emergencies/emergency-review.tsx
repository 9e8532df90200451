import { useTranslations } from "next-intl";
import { reviewEmergencyAction } from "@/app/actions/emergencies";
import { ActionForm } from "@/components/ui/action-form";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Icon } from "@/components/ui/icon";
import { RadioCards } from "@/components/ui/radio-cards";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { EmergencyDetail } from "@/lib/requests/emergencies/schema";

/** The verdict of somebody else, or why this person does not give one. */
export function EmergencyReview({ emergency }: { emergency: EmergencyDetail }) {
  const t = useTranslations("emergencies");
  const { refusal, verdict, reviewerName, reviewComment } = emergency;
  if (verdict !== null) {
    return (
      <Callout
        tone={verdict === "justified" ? "success" : "danger"}
        title={`${t(`state.${verdict}`)} · ${t("detail.reviewedBy", { name: reviewerName ?? "" })}`}
      >
        {reviewComment}
      </Callout>
    );
  }
  if (refusal !== null && refusal !== "reviewed") return <Callout>{t(`refusal.${refusal}`)}</Callout>;
  return (
    <Card>
      <ActionForm action={reviewEmergencyAction} successMessage={t("detail.sent")} className="grid gap-4">
        <HiddenInputs values={{ emergencyId: emergency.id }} />
        <RadioCards
          name="verdict"
          label={t("detail.verdict")}
          defaultValue="justified"
          cards={[
            { value: "justified", icon: <Icon name="shield-check" />, label: t("state.justified") },
            { value: "unjustified", icon: <Icon name="wrench" />, label: t("state.unjustified") },
          ]}
        />
        <Field name="comment" label={t("detail.comment")} hint={t("detail.commentHint")} required>
          <Textarea rows={3} minLength={10} maxLength={2000} />
        </Field>
        <FormMessage visibleFields={["verdict", "comment"]} />
        <div>
          <SubmitButton variant="primary">{t("detail.send")}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  );
}
