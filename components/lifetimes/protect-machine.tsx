import { useTranslations } from "next-intl";
import { protectVmAction } from "@/app/actions/lifetimes";
import { ActionForm } from "@/components/ui/action-form";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";

export function ProtectMachine({ vmId }: { vmId: string }) {
  const t = useTranslations("lifetimes");
  return (
    <ActionForm action={protectVmAction} successMessage={t("protectedNow")} className="inline-flex">
      <HiddenInputs values={{ vmId, protected: "true" }} />
      <SubmitButton variant="ghost" size="sm">
        {t("protect")}
      </SubmitButton>
    </ActionForm>
  );
}
