"use client";

import { useTranslations } from "next-intl";
import { createMappingAction, updateMappingAction } from "@/app/actions/providers";
import type { RoleOffer } from "@/components/accounts/role-fields";
import { ActionForm } from "@/components/ui/action-form";
import type { ActionResult } from "@/components/ui/action-result";
import { AlertActions } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { useCloseDialog } from "@/components/ui/dialog-context";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CohortRow, MappingRow } from "@/lib/identity/providers/mapping/schema";
import { MappingEffect } from "./mapping-effect";
import { MappingFields } from "./mapping-fields";
import { useMappingPreview } from "./use-mapping-preview";

export type KnownCohort = Pick<CohortRow, "key" | "displayName">;

type MappingFormProps = {
  providerId: string;
  kind: MappingRow["kind"];
  /** Absent for a new one. */
  mapping?: MappingRow | undefined;
  /** What a new one begins with. */
  cohortKey?: string | undefined;
  cohorts: readonly KnownCohort[];
  offer: RoleOffer;
};

/** Group → role. It is saved once its effect on people was seen, and any change asks for that anew. */
export function MappingForm({ providerId, kind, mapping, cohortKey, cohorts, offer }: MappingFormProps) {
  const t = useTranslations("providers.mapping");
  const close = useCloseDialog();
  const { effect, ask, forget } = useMappingPreview();
  const isKnown = effect.state === "known";
  const save: (values: FormData) => Promise<ActionResult> = mapping
    ? updateMappingAction
    : createMappingAction;

  function preview(values: FormData) {
    const draft = {
      ...draftOf(values),
      kind: mapping?.kind ?? kind,
      key: mapping?.key ?? text(values, "key"),
    };
    void ask({ providerId, draft, ...(mapping ? { mappingId: mapping.id } : {}) });
  }

  return (
    <ActionForm
      action={save}
      onSuccess={close}
      successMessage={t("saved")}
      onChange={forget}
      className="grid min-w-0 gap-4"
    >
      <HiddenInputs values={mapping ? { providerId, mappingId: mapping.id } : { providerId, kind }} />
      <MappingFields mapping={mapping} cohortKey={cohortKey} cohorts={cohorts} offer={offer} />
      <MappingEffect effect={effect} systems={offer.systems} />
      <FormMessage visibleFields={["key", "roleId", "systemId", "environments"]} />
      <AlertActions>
        {!isKnown && (
          <Button
            variant="primary"
            pending={effect.state === "asked"}
            onClick={(event) => event.currentTarget.form && preview(new FormData(event.currentTarget.form))}
          >
            {t("preview")}
          </Button>
        )}
        {isKnown && <SubmitButton>{t("save")}</SubmitButton>}
      </AlertActions>
    </ActionForm>
  );
}

function draftOf(values: FormData) {
  return {
    roleId: text(values, "roleId"),
    systemId: text(values, "systemId") || null,
    environments: values.getAll("environments").map(String),
  };
}

function text(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === "string" ? value : "";
}
