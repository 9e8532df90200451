import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { RefusedButton } from "@/components/ui/refused-button";
import { refusalOf, vmActions, type VmAction, type VmStanding } from "@/lib/vms/power/rules";
import type { VmDetail } from "@/lib/vms/schema";
import type { EventType } from "@/lib/vocabulary/event-types";
import { PowerDialog, type DialogAction } from "./power-dialog";
import { PowerMenu } from "./power-menu";

type VmActionsProps = { vm: VmDetail; abilities: VmStanding };

/** Each action where its state and the person's role allow it; a refused one says what refuses. */
export function VmActions({ vm, abilities }: VmActionsProps) {
  const t = useTranslations("power");
  const wordsFor = useRefusalWords(vm, abilities);
  const first = mainActions(vm.status);
  const others = vmActions.filter((action): action is DialogAction => !isMain(action, first));
  const console = wordsFor("console");
  return (
    <>
      {console === null ? (
        <LinkButton href={`/vms/${vm.id}/console`} variant="primary">
          {t("action.console")}
        </LinkButton>
      ) : (
        <RefusedButton reason={console}>{t("action.console")}</RefusedButton>
      )}
      {first.map((action) => {
        const refusal = wordsFor(action);
        const label = t(`action.${action}`);
        return refusal === null ? (
          <PowerDialog key={action} action={action} vm={placeOf(vm)} trigger={<Button>{label}</Button>} />
        ) : (
          <RefusedButton key={action} reason={refusal}>
            {label}
          </RefusedButton>
        );
      })}
      <PowerMenu vm={placeOf(vm)} entries={others.map((action) => ({ action, refusal: wordsFor(action) }))} />
    </>
  );
}

/** What is wanted most of a machine in this state. */
function mainActions(status: VmDetail["status"]): readonly DialogAction[] {
  if (status === "STOPPED" || status === "STARTING") return ["start"];
  return status === "PAUSED" ? ["resume", "stop"] : ["restart", "stop"];
}

function isMain(action: VmAction, first: readonly DialogAction[]): boolean {
  return action === "console" || first.includes(action);
}

function placeOf({ id, name }: VmDetail) {
  return { id, name };
}

/** Why an action is refused, in words; null where it may be asked for. */
function useRefusalWords(vm: VmDetail, standing: VmStanding) {
  const t = useTranslations("power");
  const states = useTranslations("vms.status");
  // Events are opened with a type of the vocabulary only.
  const active = (vm.activeOperation?.eventType ?? null) as EventType | null;
  return (action: VmAction): string | null => {
    const refusal = refusalOf(action, { ...vm, active }, standing);
    return refusal === null ? null : t(`refused.${refusal}`, { state: states(vm.status) });
  };
}
