import { useTranslations } from "next-intl";
import { cancelRequestAction } from "@/app/actions/requests";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

export function CancelRequest({ ticketId }: { ticketId: string }) {
  const t = useTranslations("requests");
  return (
    <ConfirmAction
      trigger={<Button variant="danger-quiet">{t("cancel.open")}</Button>}
      title={t("cancel.title")}
      description={t("cancel.description")}
      confirmLabel={t("cancel.confirm")}
      action={cancelRequestAction}
      hidden={{ ticketId }}
      tone="danger"
      successMessage={t("cancel.done")}
    >
      <Field name="reason" label={t("cancel.reason")} optional>
        <Textarea rows={2} />
      </Field>
    </ConfirmAction>
  );
}
