"use client";

import { useTranslations } from "next-intl";
import {
  createJiraAction,
  createServiceNowAction,
  createWebhookAction,
  updateJiraAction,
  updateServiceNowAction,
  updateWebhookAction,
} from "@/app/actions/desks";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { DeskDetail } from "@/lib/requests/desks/schema";
import { ConfigFields } from "./config-fields";
import { MappingEditor } from "./mapping-editor";
import { PaceFields } from "./pace-fields";
import { RouteEditor } from "./route-editor";
import { SecretFields } from "./secret-fields";

type DeskFormProps = {
  type: DeskDetail["type"];
  /** Absent for one that is added now. */
  desk?: DeskDetail;
  environments: readonly string[];
};

type FormAction = (form: FormData) => Promise<ActionResult>;
const createActions: Record<DeskDetail["type"], FormAction> = {
  webhook: createWebhookAction,
  servicenow: createServiceNowAction,
  jira: createJiraAction,
};
const updateActions: Record<DeskDetail["type"], FormAction> = {
  webhook: updateWebhookAction,
  servicenow: updateServiceNowAction,
  jira: updateJiraAction,
};
const plain = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const;
const shown = [
  ...["name", "webhookUrl", "caCertificate", "config.statusUrl", "config.table", "config.statusField"],
  ...["config.approverField", "config.cancelField", "config.cancelValue", "config.projectKey"],
  ...["config.issueType", "config.cancelTransition", "signingKey", "callbackSecret", "username", "password"],
  ...["headers", "timeoutSeconds", "retryCount", "retryBackoffSeconds", "pollSeconds", "sortOrder"],
];

/** Where the desk is, what it takes, and what its words mean. */
export function DeskForm({ type, desk, environments }: DeskFormProps) {
  const t = useTranslations("desks.form");
  const hidden = desk ? { type, deskId: desk.id, version: String(desk.version) } : { type };
  return (
    <ActionForm
      action={desk ? updateActions[type] : createActions[type]}
      successMessage={t(desk ? "saved" : "added")}
      className="grid min-w-0 gap-4"
    >
      <HiddenInputs values={hidden} />
      <Card title={t("place")} description={t(`placeOf.${type}`)}>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field name="name" label={t("name")} hint={t("nameHint")} required className="sm:col-span-2">
            <Input {...plain} maxLength={100} defaultValue={desk?.name} />
          </Field>
          <Field
            name="webhookUrl"
            label={t(`url.${type}`)}
            hint={t("urlHint")}
            required
            className="sm:col-span-2"
          >
            <Input
              mono
              type="url"
              placeholder={t(`urlExample.${type}`)}
              {...plain}
              defaultValue={desk?.webhookUrl}
            />
          </Field>
          <ConfigFields type={type} config={desk?.config} />
          <Field name="caCertificate" label={t("ca")} hint={t("caHint")} optional className="sm:col-span-2">
            <Textarea mono rows={3} defaultValue={desk?.caCertificate ?? ""} className="max-h-60" />
          </Field>
        </div>
      </Card>
      <Card title={t("secrets")} description={t("secretsText")}>
        <SecretFields type={type} desk={desk} />
      </Card>
      <Card title={t("routes")} description={t("routesText")}>
        <RouteEditor routes={desk?.routes ?? []} environments={environments} />
      </Card>
      <Card title={t("mapping")} description={t("mappingText")}>
        <MappingEditor type={type} mapping={desk?.statusMapping ?? {}} />
      </Card>
      <Card title={t("pace")} description={t("paceText")}>
        <PaceFields desk={desk} />
      </Card>
      <FormMessage visibleFields={shown} />
      <SubmitButton className="justify-self-start">{t(desk ? "save" : "add")}</SubmitButton>
    </ActionForm>
  );
}
