import { useTranslations } from "next-intl";
import { requestSnapshotAction } from "@/app/actions/snapshots";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RefusedButton } from "@/components/ui/refused-button";
import { Textarea } from "@/components/ui/textarea";
import type { SnapshotContext } from "@/lib/requests/snapshots/schema";
import type { VmState } from "@/lib/vms/machine";

const savedStates: readonly VmState[] = ["RUNNING", "STOPPED", "PAUSED"];

type TakeSnapshotProps = { vm: { id: string; status: VmState }; context: SnapshotContext };

/** Keeps the machine as it is; where a rule or the cluster says no, the button says why. */
export function TakeSnapshot({ vm, context }: TakeSnapshotProps) {
  const t = useTranslations("snapshots");
  const { ability, take, mayOperate } = context;
  if (!mayOperate) return null;
  const refusal =
    ability.reason ?? (take === "deny" ? "denied" : savedStates.includes(vm.status) ? null : "state");
  if (refusal !== null)
    return (
      <RefusedButton size="sm" reason={t(`take.refused.${refusal}`)}>
        {t("take.open")}
      </RefusedButton>
    );
  return (
    <Dialog title={t("take.title")} trigger={<Button size="sm">{t("take.open")}</Button>}>
      <DialogForm
        action={requestSnapshotAction}
        submitLabel={t(take === "ask" ? "take.ask" : "take.now")}
        successMessage={t(take === "ask" ? "asked" : "take.begun")}
        fields={["label", "reason"]}
        hidden={{ vmId: vm.id }}
      >
        <p className="text-sm text-ink-muted">
          {t(vm.status === "RUNNING" ? "take.running" : "take.resting")} {take === "ask" && t("willAsk")}
        </p>
        <Field name="label" label={t("take.label")} hint={t("take.labelHint")} required>
          <Input maxLength={80} />
        </Field>
        <Field name="reason" label={t("reason")}>
          <Textarea rows={2} maxLength={2000} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}
