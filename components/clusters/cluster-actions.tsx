import { useTranslations } from "next-intl";
import { detectClusterAction, removeClusterAction, updateClusterAction } from "@/app/actions/clusters";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { ConfirmByName } from "@/components/ui/confirm-by-name";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { RefusedButton } from "@/components/ui/refused-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import type { ClusterDetail } from "@/lib/clusters/schema";
import { DialogForm } from "./dialog-form";

interface ActionsProps {
  cluster: ClusterDetail;
  /** Maintenance stops everybody's changes, so it takes platform:admin, as taking in others' machines does. */
  mayMaintain: boolean;
}

export function ClusterActions({ cluster, mayMaintain }: ActionsProps) {
  const t = useTranslations("clusters");
  return (
    <>
      <ActionForm action={detectClusterAction} successMessage={t("actions.looking")}>
        <HiddenInputs values={{ clusterId: cluster.id }} />
        <SubmitButton variant="secondary">
          <Icon name="refresh" />
          {t("actions.look")}
        </SubmitButton>
      </ActionForm>
      {mayMaintain && (
        <LinkButton href={`/admin/clusters/${cluster.id}/import`}>{t("actions.importMachines")}</LinkButton>
      )}
      <EditDialog cluster={cluster} mayMaintain={mayMaintain} />
      <RemoveCluster cluster={cluster} />
    </>
  );
}

/** While something of the portal is there the button says what. */
function RemoveCluster({ cluster }: { cluster: ClusterDetail }) {
  const t = useTranslations("clusters.actions");
  const { vmCount, uploadCount } = cluster;
  if (vmCount + uploadCount > 0) {
    return (
      <RefusedButton
        variant="danger-quiet"
        reason={t("removeRefused", { vms: vmCount, uploads: uploadCount })}
      >
        {t("remove")}
      </RefusedButton>
    );
  }
  return (
    <ConfirmByName
      name={cluster.name}
      title={t("removeTitle", { name: cluster.displayName })}
      description={t("removeDetail")}
      confirmLabel={t("remove")}
      action={removeClusterAction}
      hidden={{ clusterId: cluster.id }}
      trigger={<Button variant="danger-quiet">{t("remove")}</Button>}
    />
  );
}

function EditDialog({ cluster, mayMaintain }: ActionsProps) {
  const t = useTranslations("clusters");
  return (
    <Dialog title={t("actions.editTitle")} trigger={<Button>{t("actions.edit")}</Button>}>
      <DialogForm
        action={updateClusterAction}
        submitLabel={t("actions.save")}
        successMessage={t("actions.saved")}
        fields={["displayName", "schedulingWeight", "enabled", "maintenance"]}
        hidden={{ clusterId: cluster.id, version: String(cluster.version) }}
      >
        <Field name="displayName" label={t("fields.displayName")} required>
          <Input defaultValue={cluster.displayName} maxLength={100} />
        </Field>
        <Field name="schedulingWeight" label={t("fields.weight")} hint={t("register.weightHint")}>
          <Input
            type="number"
            min={0}
            max={1000}
            defaultValue={cluster.schedulingWeight}
            className="max-w-32"
          />
        </Field>
        <Flag
          name="enabled"
          label={t("fields.enabled")}
          hint={t("actions.enabledHint")}
          on={cluster.enabled}
        />
        {mayMaintain && (
          <Flag
            name="maintenance"
            label={t("fields.maintenance")}
            hint={t("actions.maintenanceHint")}
            on={cluster.maintenance}
          />
        )}
      </DialogForm>
    </Dialog>
  );
}

/** A switch that is off would be absent, which means "leave it"; the hidden input before it says "off". */
export function Flag({ name, label, hint, on }: { name: string; label: string; hint: string; on: boolean }) {
  return (
    <>
      <input type="hidden" name={name} value="false" />
      <Switch name={name} label={label} description={hint} defaultChecked={on} value="true" />
    </>
  );
}
