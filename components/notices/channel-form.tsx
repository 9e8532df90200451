"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { createChannelAction, updateChannelAction } from "@/app/actions/notices";
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
import type { ChannelRow, CreatedChannel } from "@/lib/notifications/channels/schema";
import { notificationKinds } from "@/lib/vocabulary/notification-kinds";
import { ChannelMediumChoice } from "./channel-medium-choice";
import { ChannelSecret } from "./channel-secret";
import { ChoiceList } from "./choice-list";

const fields = [
  ...["name", "medium", "address", "enabled", "kinds", "environments", "systemIds", "locale"],
  "caCertificate",
];

export interface ChannelChoices {
  environments: readonly { name: string; displayName: string }[];
  systems: readonly { id: string; name: string }[];
}

/** A new channel; a signed one tells its key before anything else is done. */
export function NewChannel({ choices }: { choices: ChannelChoices }) {
  const t = useTranslations("notices.channel");
  const [created, setCreated] = useState<CreatedChannel | null>(null);
  if (created !== null) return <ChannelSecret channelId={created.id} secret={created.secret} />;
  return (
    <ActionForm action={createChannelAction} onSuccess={setCreated} className="grid min-w-0 gap-5">
      <ChannelMediumChoice />
      <AddressField isNew />
      <ChannelFields channel={null} choices={choices} />
      <FormMessage visibleFields={fields} />
      <div>
        <SubmitButton>{t("create")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

export function EditChannel({ channel, choices }: { channel: ChannelRow; choices: ChannelChoices }) {
  const t = useTranslations("notices.channel");
  return (
    <ActionForm action={updateChannelAction} successMessage={t("saved")} className="grid min-w-0 gap-5">
      <HiddenInputs values={{ channelId: channel.id, version: String(channel.version) }} />
      <AddressField hint={t("addressKept", { hint: channel.addressHint })} />
      <ChannelFields channel={channel} choices={choices} />
      <FormMessage visibleFields={fields} />
      <div>
        <SubmitButton>{t("save")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

function AddressField({ isNew = false, hint }: { isNew?: boolean; hint?: string }) {
  const t = useTranslations("notices.channel");
  return (
    <Field name="address" label={t("address")} hint={hint ?? t("addressHint")} required={isNew}>
      <PasswordInput autoComplete="off" maxLength={2000} />
    </Field>
  );
}

function ChannelFields({ channel, choices }: { channel: ChannelRow | null; choices: ChannelChoices }) {
  const t = useTranslations("notices");
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="name" label={t("channel.name")} required>
          <Input defaultValue={channel?.name ?? ""} autoComplete="off" maxLength={80} />
        </Field>
        <Field name="locale" label={t("channel.language")}>
          <Select
            defaultValue={channel?.locale ?? "en"}
            options={[
              { value: "en", label: "English" },
              { value: "zh-CN", label: "简体中文" },
            ]}
          />
        </Field>
      </div>
      <Switch
        name="enabled"
        label={t("channel.enabled")}
        description={t("channel.enabledText")}
        defaultChecked={channel?.enabled ?? true}
      />
      <ChoiceList
        name="kinds"
        label={t("channel.kinds")}
        hint={t("channel.kindsHint")}
        options={notificationKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        chosen={channel?.kinds ?? []}
      />
      <ChoiceList
        name="environments"
        label={t("channel.environments")}
        hint={t("channel.environmentsHint")}
        options={choices.environments.map(({ name, displayName }) => ({ value: name, label: displayName }))}
        chosen={channel?.environments ?? []}
      />
      {choices.systems.length > 0 && (
        <ChoiceList
          name="systemIds"
          label={t("channel.systems")}
          hint={t("channel.systemsHint")}
          options={choices.systems.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={channel?.systemIds ?? []}
        />
      )}
      <Field name="caCertificate" label={t("mail.authority")} hint={t("mail.authorityHint")} optional>
        <Textarea mono rows={3} defaultValue={channel?.caCertificate ?? ""} />
      </Field>
    </>
  );
}
