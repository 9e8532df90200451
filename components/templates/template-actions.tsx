import { useTranslations } from "next-intl";
import {
  activateTemplateAction,
  addTemplateVersionAction,
  archiveTemplateAction,
  deprecateTemplateAction,
  removeTemplateAction,
} from "@/app/actions/templates";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Icon } from "@/components/ui/icon";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { TemplateDetail, TemplateVersion } from "@/lib/catalog/templates/schema";

interface TemplateActionsProps {
  template: TemplateDetail;
  /** All of the name, this one among them. */
  versions: readonly TemplateVersion[];
}

/** What may be done next, by the state of the version. */
export function TemplateActions({ template, versions }: TemplateActionsProps) {
  if (template.status === "draft") return <DraftActions template={template} versions={versions} />;
  return (
    <>
      {template.status === "active" && <DeprecateAction template={template} />}
      {template.status === "deprecated" && <ArchiveAction template={template} />}
      <NextVersion template={template} versions={versions} />
    </>
  );
}

function DraftActions({ template, versions }: TemplateActionsProps) {
  const t = useTranslations("templates.action");
  const hidden = { templateId: template.id };
  const replaced = versions.find(({ status }) => status === "active");
  return (
    <>
      <ConfirmAction
        title={t("removeTitle", { name: template.displayName, version: template.version })}
        description={t("removeDetail")}
        confirmLabel={t("remove")}
        tone="danger"
        action={removeTemplateAction}
        hidden={hidden}
        trigger={<Button variant="danger-quiet">{t("remove")}</Button>}
      />
      <LinkButton href={`/admin/templates/${template.id}/edit`}>
        <Icon name="pencil" />
        {t("edit")}
      </LinkButton>
      <ConfirmAction
        title={t("activateTitle", { name: template.displayName, version: template.version })}
        description={
          replaced === undefined
            ? t("activateFirst")
            : t("activateReplaces", { version: replaced.version, count: replaced.vmCount })
        }
        confirmLabel={t("activate")}
        action={activateTemplateAction}
        hidden={hidden}
        successMessage={t("activated", { version: template.version })}
        trigger={<Button variant="primary">{t("activate")}</Button>}
      >
        {template.catalogScope === "unclassified" && (
          <p className="text-sm text-warning">{t("activateNowhere")}</p>
        )}
      </ConfirmAction>
    </>
  );
}

function DeprecateAction({ template }: { template: TemplateDetail }) {
  const t = useTranslations("templates.action");
  return (
    <ConfirmAction
      title={t("deprecateTitle", { name: template.displayName, version: template.version })}
      description={t("deprecateDetail")}
      confirmLabel={t("deprecate")}
      tone="danger"
      action={deprecateTemplateAction}
      hidden={{ templateId: template.id }}
      successMessage={t("deprecated", { version: template.version })}
      trigger={<Button variant="danger-quiet">{t("deprecate")}</Button>}
    >
      <Field name="message" label={t("message")} hint={t("messageHint")} optional>
        <Textarea rows={2} maxLength={500} />
      </Field>
    </ConfirmAction>
  );
}

function ArchiveAction({ template }: { template: TemplateDetail }) {
  const t = useTranslations("templates.action");
  return (
    <ConfirmAction
      title={t("archiveTitle", { name: template.displayName, version: template.version })}
      description={t("archiveDetail")}
      confirmLabel={t("archive")}
      action={archiveTemplateAction}
      hidden={{ templateId: template.id }}
      successMessage={t("archived", { version: template.version })}
      trigger={<Button>{t("archive")}</Button>}
    />
  );
}

/** A name has one draft at a time; where there is one, the way leads there. */
function NextVersion({ template, versions }: TemplateActionsProps) {
  const t = useTranslations("templates.action");
  const draft = versions.find(({ status }) => status === "draft");
  if (draft !== undefined) {
    return (
      <LinkButton href={`/admin/templates/${draft.id}/edit`} variant="primary">
        <Icon name="pencil" />
        {t("openDraft", { version: draft.version })}
      </LinkButton>
    );
  }
  return (
    <ActionForm action={addTemplateVersionAction} className="contents">
      <HiddenInputs values={{ templateId: template.id }} />
      <SubmitButton>{t("newVersion")}</SubmitButton>
      <FormMessage className="w-full" />
    </ActionForm>
  );
}
