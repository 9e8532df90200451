import { useTranslations } from "next-intl";
import { createSystemAction } from "@/app/actions/systems";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { NamedForm } from "./named-form";

export function CreateSystemDialog() {
  const t = useTranslations("systems");
  return (
    <Dialog title={t("form.createTitle")} trigger={<Button variant="primary">{t("list.create")}</Button>}>
      <NamedForm action={createSystemAction} />
    </Dialog>
  );
}
