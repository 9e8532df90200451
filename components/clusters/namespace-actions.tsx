import { useTranslations } from "next-intl";
import { createNamespaceAction, removeNamespaceAction, updateNamespaceAction } from "@/app/actions/clusters";
import { Button } from "@/components/ui/button";
import { ConfirmByName } from "@/components/ui/confirm-by-name";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { NamespaceRow } from "@/lib/clusters/schema";
import { Flag } from "./cluster-actions";
import { DialogForm } from "./dialog-form";
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
        fields={["name", "environment", "description"]}
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
      trigger={
        <Button variant="ghost" size="sm">
          {t("actions.edit")}
        </Button>
      }
    >
      <DialogForm
        action={updateNamespaceAction}
        submitLabel={t("actions.save")}
        successMessage={t("actions.saved")}
        fields={["description", "enabled"]}
        hidden={{ namespaceId: namespace.id }}
      >
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

export function RemoveNamespace({ namespace }: { namespace: NamespaceRow }) {
  const t = useTranslations("clusters");
  return (
    <ConfirmByName
      name={namespace.name}
      title={t("namespaces.removeTitle", { name: namespace.name })}
      description={t("namespaces.removeDetail")}
      confirmLabel={t("actions.remove")}
      action={removeNamespaceAction}
      hidden={{ namespaceId: namespace.id }}
      successMessage={t("namespaces.removed")}
      trigger={
        <Button variant="ghost" size="sm">
          {t("actions.remove")}
        </Button>
      }
    />
  );
}
