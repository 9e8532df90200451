import { useTranslations } from "next-intl";
import { requestRestoreAction } from "@/app/actions/snapshots";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Field } from "@/components/ui/field";
import { RefusedButton } from "@/components/ui/refused-button";
import { Textarea } from "@/components/ui/textarea";
import type { SnapshotContext } from "@/lib/requests/snapshots/schema";
import type { SnapshotRow } from "@/lib/snapshots/schema";
import type { VmState } from "@/lib/vms/machine";

type RestoreSnapshotProps = {
  vm: { name: string; status: VmState };
  snapshot: SnapshotRow;
  effect: SnapshotContext["restore"];
};

/** What the machine has written since is lost, so it is said once more before it is asked for. */
export function RestoreSnapshot({ vm, snapshot, effect }: RestoreSnapshotProps) {
  const t = useTranslations("snapshots");
  const refusal = effect === "deny" ? "denied" : vm.status === "STOPPED" ? null : "running";
  if (refusal !== null)
    return (
      <RefusedButton size="sm" variant="ghost" reason={t(`restore.refused.${refusal}`)}>
        {t("restore.open")}
      </RefusedButton>
    );
  return (
    <ConfirmAction
      title={t("restore.title", { vm: vm.name, label: snapshot.label })}
      description={
        <>
          {t("restore.text")} {effect === "ask" && t("willAsk")}
        </>
      }
      confirmLabel={t(effect === "ask" ? "restore.ask" : "restore.now")}
      action={requestRestoreAction}
      hidden={{ snapshotId: snapshot.id }}
      tone="danger"
      successMessage={t(effect === "ask" ? "asked" : "restore.begun")}
      trigger={
        <Button size="sm" variant="ghost">
          {t("restore.open")}
        </Button>
      }
    >
      <Field name="reason" label={t("reason")} required>
        <Textarea rows={2} maxLength={2000} />
      </Field>
    </ConfirmAction>
  );
}
