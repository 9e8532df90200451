import { useTranslations } from "next-intl";
import { registerNamespaceAction } from "@/app/actions/adoption";
import { ActionForm } from "@/components/ui/action-form";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";

export function RegisterNamespace({ namespace, environment }: { namespace: string; environment: string }) {
  const t = useTranslations("adoption.obstacle");
  return (
    <ActionForm
      action={registerNamespaceAction}
      successMessage={t("registered", { namespace })}
      className="grid gap-1"
    >
      <HiddenInputs values={{ name: namespace, environment }} />
      <SubmitButton variant="secondary" size="sm">
        {t("register", { namespace, environment })}
      </SubmitButton>
      <FormMessage />
    </ActionForm>
  );
}
