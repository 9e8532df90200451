import { useTranslations } from "next-intl";
import { deleteVmAction, restartVmAction, startVmAction, stopVmAction } from "@/app/actions/vms";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { ConfirmByName } from "@/components/ui/confirm-by-name";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { RefusedButton } from "@/components/ui/refused-button";
import { canMove } from "@/lib/core/state-machine";
import { vmMachine, type VmMove } from "@/lib/vms/machine";
import type { VmDetail } from "@/lib/vms/schema";

type Abilities = { operate: boolean; remove: boolean; console: boolean };
type Kind = "start" | "stop" | "restart";

const actions = { start: startVmAction, stop: stopVmAction, restart: restartVmAction };

/** Each action where its state and the person's role allow it; a refused one says which of the two refuses. */
export function VmActions({ vm, abilities }: { vm: VmDetail; abilities: Abilities }) {
  const t = useTranslations("vms");
  const console = refusalOf(abilities.console, vm.status === "RUNNING");
  const power: Kind[] = canMove(vmMachine, vm.status, "start") ? ["start"] : ["restart", "stop"];
  return (
    <>
      {console === null ? (
        <LinkButton href={`/vms/${vm.id}/console`} variant="primary">
          {t("action.console")}
        </LinkButton>
      ) : (
        <RefusedAction label={t("action.console")} refusal={console} vm={vm} />
      )}
      {power.map((kind) => (
        <PowerAction key={kind} kind={kind} vm={vm} permitted={abilities.operate} />
      ))}
      <DeleteAction vm={vm} permitted={abilities.remove} />
    </>
  );
}

type Refusal = "role" | "state";

function refusalOf(permitted: boolean, fits: boolean): Refusal | null {
  if (!permitted) return "role";
  return fits ? null : "state";
}

function PowerAction({ kind, vm, permitted }: { kind: Kind; vm: VmDetail; permitted: boolean }) {
  const t = useTranslations("vms");
  const refusal = refusalOf(permitted, canMove(vmMachine, vm.status, kind satisfies VmMove));
  if (refusal !== null) return <RefusedAction label={t(`action.${kind}`)} refusal={refusal} vm={vm} />;
  return (
    <ConfirmAction
      trigger={<Button>{t(`action.${kind}`)}</Button>}
      title={t(`action.${kind}Title`, { name: vm.name })}
      description={t(`action.${kind}Text`)}
      confirmLabel={t(`action.${kind}`)}
      action={actions[kind]}
      hidden={{ vmId: vm.id }}
      tone={kind === "start" ? "primary" : "danger"}
      successMessage={t("action.accepted")}
    />
  );
}

function DeleteAction({ vm, permitted }: { vm: VmDetail; permitted: boolean }) {
  const t = useTranslations("vms");
  const refusal = refusalOf(permitted, canMove(vmMachine, vm.status, "delete"));
  if (refusal !== null) return <RefusedAction label={t("action.delete")} refusal={refusal} vm={vm} />;
  return (
    <ConfirmByName
      trigger={<Button>{t("action.delete")}</Button>}
      title={t("action.deleteTitle", { name: vm.name })}
      description={t("action.deleteText")}
      confirmLabel={t("action.delete")}
      name={vm.name}
      action={deleteVmAction}
      hidden={{ vmId: vm.id }}
    >
      <Field name="reason" label={t("action.reason")} optional>
        <Input />
      </Field>
    </ConfirmByName>
  );
}

function RefusedAction({ label, refusal, vm }: { label: string; refusal: Refusal; vm: VmDetail }) {
  const t = useTranslations("vms");
  const text =
    refusal === "role"
      ? t("action.refusedRole")
      : t("action.refusedState", { state: t(`status.${vm.status}`) });
  return <RefusedButton reason={text}>{label}</RefusedButton>;
}
