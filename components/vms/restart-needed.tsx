import { useTranslations } from "next-intl";
import { PowerDialog } from "@/components/power/power-dialog";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { canMove } from "@/lib/core/state-machine";
import { vmMachine } from "@/lib/vms/machine";
import type { VmDetail } from "@/lib/vms/schema";

/** Changes that the running machine has not taken wait for its next start; here is the way to it. */
export function RestartNeeded({ vm, isPermitted }: { vm: VmDetail; isPermitted: boolean }) {
  const t = useTranslations("vms.configuration");
  if (!vm.restartRequired) return null;
  const mayRestart = isPermitted && canMove(vmMachine, vm.status, "restart");
  return (
    <Callout
      tone="warning"
      title={t("restartTitle")}
      actions={
        mayRestart && (
          <PowerDialog
            action="restart"
            vm={{ id: vm.id, name: vm.name }}
            trigger={<Button size="sm">{t("restart")}</Button>}
          />
        )
      }
    >
      {t("restartExplanation")}
    </Callout>
  );
}
