"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { updateMailServerAction } from "@/app/actions/notices";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { mailSecurities } from "@/lib/notifications/mail/rules";
import type { MailServerRow } from "@/lib/notifications/mail/schema";

const fields = [
  ...["enabled", "host", "port", "security", "username", "password", "fromAddress", "fromName"],
  "caCertificate",
];

const usualPorts: Record<string, string> = { starttls: "587", tls: "465", none: "25" };

export function MailServerForm({ server }: { server: MailServerRow }) {
  const t = useTranslations("notices.mail");
  return (
    <ActionForm action={updateMailServerAction} successMessage={t("saved")} className="grid min-w-0 gap-4">
      <HiddenInputs values={{ version: String(server.version) }} />
      <Switch
        name="enabled"
        label={t("enabled")}
        description={t("enabledText")}
        defaultChecked={server.isConfigured ? server.enabled : true}
      />
      <PlaceFields server={server} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="username" label={t("username")} optional>
          <Input defaultValue={server.username ?? ""} autoComplete="off" spellCheck={false} maxLength={200} />
        </Field>
        <Field
          name="password"
          label={t("password")}
          hint={server.passwordSet ? t("passwordKept") : undefined}
        >
          <PasswordInput autoComplete="new-password" maxLength={1000} />
        </Field>
        <Field name="fromName" label={t("fromName")} required>
          <Input defaultValue={server.fromName} maxLength={200} />
        </Field>
        <Field name="fromAddress" label={t("fromAddress")} required>
          <Input type="email" defaultValue={server.fromAddress} maxLength={254} />
        </Field>
      </div>
      <Field name="caCertificate" label={t("authority")} hint={t("authorityHint")} optional>
        <Textarea mono rows={3} defaultValue={server.caCertificate ?? ""} />
      </Field>
      <FormMessage visibleFields={fields} />
      <div>
        <SubmitButton>{t("save")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

function PlaceFields({ server }: { server: MailServerRow }) {
  const t = useTranslations("notices.mail");
  const [port, setPort] = useState(String(server.port));
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,2fr)]">
      <Field name="host" label={t("host")} required>
        <Input mono defaultValue={server.host} autoComplete="off" spellCheck={false} maxLength={253} />
      </Field>
      <Field name="port" label={t("port")} required>
        <Input
          type="number"
          min={1}
          max={65535}
          value={port}
          onChange={(event) => setPort(event.target.value)}
        />
      </Field>
      <Field name="security" label={t("security")} required>
        <Select
          defaultValue={server.security}
          onChange={(event) => setPort(usualPorts[event.target.value] ?? port)}
          options={mailSecurities.map((value) => ({ value, label: t(`securities.${value}`) }))}
        />
      </Field>
    </div>
  );
}
