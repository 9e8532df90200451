import { useTranslations } from "next-intl";
import { createNamespaceAction, removeNamespaceAction, updateNamespaceAction } from "@/app/actions/clusters";
import { Button } from "@/components/ui/button";
import { ConfirmByName } from "@/components/ui/confirm-by-name";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RefusedButton } from "@/components/ui/refused-button";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { NamespaceUse } from "@/lib/clusters/namespaces/schema";
import type { NamespaceRow } from "@/lib/clusters/schema";
import { Flag } from "./cluster-actions";
import { DialogForm } from "./dialog-form";
import { OwnerPicker } from "./owner-picker";
import type { EnvironmentOption } from "./register-cluster-form";

export function CreateNamespace({ environments }: { environments: EnvironmentOption[] }) {
  const t = useTranslations("clusters");
  return (
    <Dialog
      title={t("namespaces.create")}
      description={t("namespaces.createDetail")}
      trigger={<Button variant="primary">{t("namespaces.create")}</Button>}
    >
      <DialogForm
        action={createNamespaceAction}
        submitLabel={t("namespaces.create")}
        successMessage={t("namespaces.createdMessage")}
        fields={["name", "environment", "description", "ownerId"]}
      >
        <Field name="name" label={t("fields.name")} hint={t("namespaces.nameHint")} required>
          <Input mono autoComplete="off" autoCapitalize="none" maxLength={15} />
        </Field>
        <Field
          name="environment"
          label={t("fields.environment")}
          hint={t("namespaces.environmentHint")}
          required
        >
          <Select
            options={environments.map(({ name, displayName }) => ({ value: name, label: displayName }))}
          />
        </Field>
        <OwnerPicker owner={null} />
        <Field name="description" label={t("namespaces.description")} optional>
          <Textarea maxLength={512} rows={2} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}

export function EditNamespace({ namespace }: { namespace: NamespaceRow }) {
  const t = useTranslations("clusters");
  return (
    <Dialog
      title={t("namespaces.editTitle", { name: namespace.name })}
      trigger={<Button>{t("actions.edit")}</Button>}
    >
      <DialogForm
        action={updateNamespaceAction}
        submitLabel={t("actions.save")}
        successMessage={t("actions.saved")}
        fields={["description", "enabled", "ownerId"]}
        hidden={{ namespaceId: namespace.id }}
      >
        <OwnerPicker
          owner={
            namespace.ownerId === null
              ? null
              : { id: namespace.ownerId, displayName: namespace.ownerName ?? namespace.ownerId }
          }
        />
        <Field name="description" label={t("namespaces.description")} optional>
          <Textarea maxLength={512} rows={2} defaultValue={namespace.description} />
        </Field>
        <Flag
          name="enabled"
          label={t("namespaces.open")}
          hint={t("namespaces.openHint")}
          on={namespace.enabled}
        />
      </DialogForm>
    </Dialog>
  );
}

/** While something is or may come there the button says what. */
export function RemoveNamespace({ namespace, use }: { namespace: NamespaceRow; use: NamespaceUse }) {
  const t = useTranslations("clusters");
  if (use.vms + use.requests > 0) {
    return (
      <RefusedButton
        variant="danger-quiet"
        reason={t("namespaces.removeRefused", { vms: use.vms, requests: use.requests })}
      >
        {t("actions.remove")}
      </RefusedButton>
    );
  }
  return (
    <ConfirmByName
      name={namespace.name}
      title={t("namespaces.removeTitle", { name: namespace.name })}
      description={t("namespaces.removeDetail")}
      confirmLabel={t("actions.remove")}
      action={removeNamespaceAction}
      hidden={{ namespaceId: namespace.id }}
      successMessage={t("namespaces.removed")}
      trigger={<Button variant="danger-quiet">{t("actions.remove")}</Button>}
    />
  );
}
