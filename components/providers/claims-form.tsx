"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { chooseClaimsAction } from "@/app/actions/providers";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SampleView } from "@/lib/identity/providers/mapping/schema";
import type { ClaimsMapping, ProviderDetail } from "@/lib/identity/providers/schema";
import { ClaimFields } from "./claim-fields";
import { ClaimsPreview } from "./claims-preview";

type ClaimsFormProps = { provider: ProviderDetail; sample: SampleView; mayChange: boolean };

/** Which field holds what, beside what that would make of the sampled people. */
export function ClaimsForm({ provider, sample, mayChange }: ClaimsFormProps) {
  const t = useTranslations("providers.claims");
  const [claims, setClaims] = useState(provider.claimsMapping);
  const endsSessions = claims.userId !== provider.claimsMapping.userId;
  return (
    <div className="grid min-w-0 items-start gap-5 lg:grid-cols-2">
      <ActionForm action={chooseClaimsAction} successMessage={t("saved")} className="grid min-w-0 gap-4">
        <HiddenInputs values={{ providerId: provider.id, version: String(provider.version) }} />
        <Card title={t("title")} description={t("description")}>
          <ClaimFields
            type={provider.authType}
            claims={claims}
            fields={sample.fields}
            onChange={setClaims}
            disabled={!mayChange}
          />
        </Card>
        <FormMessage visibleFields={visible} />
        {mayChange && (
          <div className="grid gap-2">
            <p className="text-xs text-ink-muted">
              {endsSessions ? t("effectSessions", { count: provider.sessionCount }) : t("effect")}
            </p>
            <SubmitButton className="justify-self-start">{t("save")}</SubmitButton>
          </div>
        )}
      </ActionForm>
      <ClaimsPreview people={sample.people} claims={withOwnFields(provider, claims)} />
    </div>
  );
}

const visible = ["userId", "username", "email", "displayName", "groups", "groupsFormat", "cohortKind"].map(
  (name) => `claimsMapping.${name}`,
);

/** A directory's own settings say who somebody is, unless another field was chosen here. */
function withOwnFields({ config }: ProviderDetail, claims: ClaimsMapping): ClaimsMapping {
  if (!("attributes" in config)) return claims;
  const { username, email, displayName } = config.attributes;
  return {
    ...claims,
    username: claims.username ?? username,
    email: claims.email ?? email,
    displayName: claims.displayName ?? displayName,
  };
}
