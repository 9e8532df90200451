import { useTranslations } from "next-intl";
import { resetFactorsAction } from "@/app/actions/mfa";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** For an administrator's page of somebody: they lost what they prove themselves with. */
export function ResetFactors({ userId, name }: { userId: string; name: string }) {
  const t = useTranslations("mfa.reset");
  return (
    <ConfirmAction
      trigger={<Button variant="danger-quiet">{t("action")}</Button>}
      title={t("title", { name })}
      description={t("text", { name })}
      confirmLabel={t("action")}
      action={resetFactorsAction}
      hidden={{ userId }}
      tone="danger"
      successMessage={t("done", { name })}
    >
      <Field name="reason" label={t("reason")} hint={t("reasonHint")}>
        <Input required maxLength={500} />
      </Field>
    </ConfirmAction>
  );
}
