import { useTranslations } from "next-intl";
import { createServiceAction } from "@/app/actions/systems";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { NamedForm } from "./named-form";

export function CreateServiceDialog({ systemId }: { systemId: string }) {
  const t = useTranslations("systems");
  return (
    <Dialog title={t("form.createServiceTitle")} trigger={<Button>{t("detail.createService")}</Button>}>
      <NamedForm action={createServiceAction} hidden={{ systemId }} />
    </Dialog>
  );
}
