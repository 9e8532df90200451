import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { RefusedButton } from "@/components/ui/refused-button";
import { isFitting } from "@/lib/vms/machine";
import type { VmDetail } from "@/lib/vms/schema";

/** The way to a change of the machine, and to what it has been. */
export function ModifyLink({ vm, isPermitted }: { vm: VmDetail; isPermitted: boolean }) {
  const t = useTranslations("modification");
  const states = useTranslations("vms");
  return (
    <>
      {isPermitted && isFitting(vm.status, "MODIFY_VM") ? (
        <LinkButton href={`/vms/${vm.id}/modify`}>{t("link.modify")}</LinkButton>
      ) : (
        <RefusedButton
          reason={
            isPermitted
              ? t("link.refusedState", { state: states(`status.${vm.status}`) })
              : t("link.refusedRole")
          }
        >
          {t("link.modify")}
        </RefusedButton>
      )}
      <LinkButton href={`/vms/${vm.id}/revisions`}>{t("link.revisions")}</LinkButton>
    </>
  );
}
