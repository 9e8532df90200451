import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import type { ProviderDetail } from "@/lib/identity/providers/schema";
import { actionsOfType } from "./actions-of-type";

/** How it stands on the sign-in page, and whether its people prove a second factor here as well. */
export function GeneralCard({ provider, mayChange }: { provider: ProviderDetail; mayChange: boolean }) {
  const t = useTranslations("providers.general");
  const { id, version, authType } = provider;
  return (
    <Card title={t("title")}>
      <ActionForm action={actionsOfType[authType].update} successMessage={t("saved")} className="grid gap-4">
        <HiddenInputs values={{ providerId: id, version: String(version), authType }} />
        <Field name="name" label={t("name")} hint={t("nameHint")} required>
          <Input autoComplete="off" maxLength={100} defaultValue={provider.name} disabled={!mayChange} />
        </Field>
        <Field name="sortOrder" label={t("order")} hint={t("orderHint")}>
          <Input
            type="number"
            min={0}
            max={1000}
            defaultValue={provider.sortOrder}
            disabled={!mayChange}
            className="max-w-28"
          />
        </Field>
        <input type="hidden" name="requireMfa" value="false" />
        <Switch
          name="requireMfa"
          label={t("requireMfa")}
          description={t("requireMfaHint")}
          defaultChecked={provider.requireMfa}
          disabled={!mayChange}
        />
        <FormMessage visibleFields={["name", "sortOrder"]} />
        {mayChange && (
          <SubmitButton variant="secondary" className="justify-self-start">
            {t("save")}
          </SubmitButton>
        )}
      </ActionForm>
    </Card>
  );
}
