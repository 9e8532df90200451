import { useTranslations } from "next-intl";
import {
  createEnvironmentAction,
  deleteEnvironmentAction,
  updateEnvironmentAction,
} from "@/app/actions/access";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmByName } from "@/components/ui/confirm-by-name";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Textarea } from "@/components/ui/textarea";
import { RefusedButton } from "@/components/ui/refused-button";
import type { EnvironmentUseRow } from "@/lib/access/environments/schema";

export function CreateEnvironment() {
  const t = useTranslations("access.environments");
  return (
    <Dialog title={t("create")} trigger={<Button variant="primary">{t("create")}</Button>}>
      <DialogForm
        action={createEnvironmentAction}
        submitLabel={t("create")}
        successMessage={t("created")}
        fields={["name", "class", "displayName", "description", "sortOrder"]}
      >
        <Field name="name" label={t("name")} hint={t("nameHint")} required>
          <Input mono autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={15} />
        </Field>
        <RadioCards
          name="class"
          label={t("class")}
          hint={t("classHint")}
          defaultValue="test"
          cards={[
            {
              value: "test",
              icon: <Icon name="wrench" />,
              label: t("classTest"),
              description: t("classTestText"),
            },
            {
              value: "prod",
              icon: <Icon name="shield-check" />,
              label: t("classProd"),
              description: t("classProdText"),
            },
          ]}
        />
        <EnvironmentFields displayName="" description="" sortOrder={100} />
      </DialogForm>
    </Dialog>
  );
}

export function EditEnvironment({ environment }: { environment: EnvironmentUseRow }) {
  const t = useTranslations("access.environments");
  return (
    <Dialog
      title={t("editTitle", { name: environment.displayName })}
      trigger={
        <Button variant="ghost" size="sm">
          {t("edit")}
        </Button>
      }
    >
      <DialogForm
        action={updateEnvironmentAction}
        submitLabel={t("save")}
        successMessage={t("saved")}
        fields={["displayName", "description", "sortOrder", "selfApproval"]}
        hidden={{ name: environment.name }}
      >
        <EnvironmentFields {...environment} />
        <Checkbox
          name="selfApproval"
          defaultChecked={environment.selfApproval}
          label={t("selfApproval")}
          description={t("selfApprovalHint")}
        />
      </DialogForm>
    </Dialog>
  );
}

type EnvironmentFieldsProps = Pick<EnvironmentUseRow, "displayName" | "description" | "sortOrder">;

function EnvironmentFields({ displayName, description, sortOrder }: EnvironmentFieldsProps) {
  const t = useTranslations("access.environments");
  return (
    <>
      <Field name="displayName" label={t("displayName")} required>
        <Input maxLength={60} defaultValue={displayName} autoComplete="off" />
      </Field>
      <Field name="description" label={t("describe")} optional>
        <Textarea rows={2} maxLength={500} defaultValue={description} />
      </Field>
      <Field name="sortOrder" label={t("order")} hint={t("orderHint")} required>
        <Input type="number" min={0} max={10000} defaultValue={sortOrder} className="max-w-28" />
      </Field>
    </>
  );
}

/** Refused in advance while anything stands in it. */
export function DeleteEnvironment({ environment }: { environment: EnvironmentUseRow }) {
  const t = useTranslations("access.environments");
  const { namespaceCount, clusterCount, bindingCount, mappingCount, tokenCount } = environment;
  if (namespaceCount + clusterCount + bindingCount + mappingCount + tokenCount > 0) {
    return (
      <RefusedButton reason={t("inUse")} variant="ghost" size="sm">
        {t("delete")}
      </RefusedButton>
    );
  }
  return (
    <ConfirmByName
      name={environment.name}
      title={t("deleteTitle", { name: environment.displayName })}
      description={t("deleteText")}
      confirmLabel={t("delete")}
      action={deleteEnvironmentAction}
      hidden={{ name: environment.name }}
      successMessage={t("deleted")}
      trigger={
        <Button variant="ghost" size="sm">
          {t("delete")}
        </Button>
      }
    />
  );
}
