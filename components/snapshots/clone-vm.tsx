import { useTranslations } from "next-intl";
import { requestCloneAction } from "@/app/actions/snapshots";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { RefusedButton } from "@/components/ui/refused-button";
import { Textarea } from "@/components/ui/textarea";
import type { SnapshotContext } from "@/lib/requests/snapshots/schema";
import type { VmState } from "@/lib/vms/machine";

const copiedStates: readonly VmState[] = ["RUNNING", "STOPPED", "PAUSED"];

interface CloneVmProps {
  vm: { id: string; name: string; namespace: string; origin: string; status: VmState };
  context: SnapshotContext;
}

/** A machine like this one, with what is on its disk; where a rule or the cluster says no, the button says why. */
export function CloneVm({ vm, context }: CloneVmProps) {
  const t = useTranslations("snapshots");
  if (!context.mayClone) return null;
  const refusal = refusalOf(vm, context);
  if (refusal !== null)
    return (
      <RefusedButton size="sm" reason={t(`clone.refused.${refusal}`)}>
        {t("clone.open")}
      </RefusedButton>
    );
  const asks = context.clone === "ask";
  return (
    <Dialog title={t("clone.title", { vm: vm.name })} trigger={<Button size="sm">{t("clone.open")}</Button>}>
      <DialogForm
        action={requestCloneAction}
        submitLabel={t(asks ? "clone.ask" : "clone.now")}
        successMessage={t(asks ? "asked" : "clone.begun")}
        fields={["reason", "startAfterClone"]}
        hidden={{ vmId: vm.id, namespace: vm.namespace }}
      >
        <p className="text-sm text-ink-muted">
          {t("clone.text", { namespace: vm.namespace })} {asks && t("willAsk")}
        </p>
        <Field name="reason" label={t("reason")} required>
          <Textarea rows={2} maxLength={2000} />
        </Field>
        <Checkbox name="startAfterClone" value="true" label={t("clone.start")} />
      </DialogForm>
    </Dialog>
  );
}

function refusalOf({ origin, status }: CloneVmProps["vm"], { ability, clone }: SnapshotContext) {
  if (origin !== "request") return "found";
  if (ability.reason !== null) return ability.reason;
  if (clone === "deny") return "denied";
  return copiedStates.includes(status) ? null : "state";
}
