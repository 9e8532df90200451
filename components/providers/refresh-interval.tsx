import { useTranslations } from "next-intl";
import { updateLdapAction } from "@/app/actions/providers";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ProviderDetail } from "@/lib/identity/providers/schema";

const usualMinutes = [15, 60, 360, 1440];

/** How often known people are looked up again; new ones come by import or by signing in. */
export function RefreshInterval({ provider, mayChange }: { provider: ProviderDetail; mayChange: boolean }) {
  const t = useTranslations("providers.interval");
  const { id, version, authType, syncIntervalMinutes: current } = provider;
  const offered = [...new Set([...usualMinutes, ...(current === null ? [] : [current])])].sort(
    (a, b) => a - b,
  );
  return (
    <Card title={t("title")} description={t("description")}>
      <ActionForm action={updateLdapAction} successMessage={t("saved")} className="grid gap-4">
        <HiddenInputs values={{ providerId: id, version: String(version), authType }} />
        <Field name="syncIntervalMinutes" label={t("every")} hint={t("hint")}>
          <Select
            key={current}
            defaultValue={current ?? ""}
            disabled={!mayChange}
            options={[
              { value: "", label: t("never") },
              ...offered.map((minutes) => ({ value: String(minutes), label: t("minutes", { minutes }) })),
            ]}
          />
        </Field>
        <FormMessage visibleFields={["syncIntervalMinutes"]} />
        {mayChange && (
          <SubmitButton variant="secondary" className="justify-self-start">
            {t("save")}
          </SubmitButton>
        )}
      </ActionForm>
    </Card>
  );
}
