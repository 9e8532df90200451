"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { deleteMappingAction } from "@/app/actions/providers";
import type { RoleOffer } from "@/components/accounts/role-fields";
import { ActionForm } from "@/components/ui/action-form";
import { AlertActions, AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useCloseDialog } from "@/components/ui/dialog-context";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { MappingRow } from "@/lib/identity/providers/mapping/schema";
import { MappingEffect } from "./mapping-effect";
import { MappingForm, type KnownCohort } from "./mapping-form";
import { useMappingPreview } from "./use-mapping-preview";

type AddMappingProps = {
  providerId: string;
  kind: MappingRow["kind"];
  /** Opens at once with this group. */
  cohortKey?: string | undefined;
  cohorts: readonly KnownCohort[];
  offer: RoleOffer;
};

export function AddMapping(props: AddMappingProps) {
  const t = useTranslations("providers.mapping");
  const [open, setOpen] = useState(props.cohortKey !== undefined);
  return (
    <Dialog
      trigger={<Button variant="primary">{t("add")}</Button>}
      open={open}
      onOpenChange={setOpen}
      title={t("addTitle")}
      description={t("addText")}
    >
      <MappingForm {...props} />
    </Dialog>
  );
}

type ChangeMappingProps = { providerId: string; mapping: MappingRow; offer: RoleOffer };

export function ChangeMapping({ providerId, mapping, offer }: ChangeMappingProps) {
  const t = useTranslations("providers.mapping");
  return (
    <Dialog
      trigger={<Button size="sm">{t("change")}</Button>}
      title={t("changeTitle")}
      description={t("addText")}
    >
      <MappingForm providerId={providerId} kind={mapping.kind} mapping={mapping} cohorts={[]} offer={offer} />
    </Dialog>
  );
}

type RemoveMappingProps = { providerId: string; mapping: MappingRow; systems: RoleOffer["systems"] };

export function RemoveMapping({ providerId, mapping, systems }: RemoveMappingProps) {
  const t = useTranslations("providers.mapping");
  return (
    <AlertDialog
      trigger={
        <Button size="sm" variant="ghost">
          {t("remove")}
        </Button>
      }
      title={t("removeTitle")}
      description={t("removeText", { key: mapping.key, role: mapping.roleDisplayName })}
    >
      <RemoveForm providerId={providerId} mappingId={mapping.id} systems={systems} />
    </AlertDialog>
  );
}

type RemoveFormProps = { providerId: string; mappingId: string; systems: RoleOffer["systems"] };

function RemoveForm({ providerId, mappingId, systems }: RemoveFormProps) {
  const t = useTranslations("providers.mapping");
  const close = useCloseDialog();
  const { effect, ask } = useMappingPreview();

  useEffect(() => void ask({ providerId, mappingId }), [ask, providerId, mappingId]);

  return (
    <ActionForm
      action={deleteMappingAction}
      onSuccess={close}
      successMessage={t("removed")}
      className="grid min-w-0 gap-4"
    >
      <HiddenInputs values={{ providerId, mappingId }} />
      <MappingEffect effect={effect} systems={systems} />
      <FormMessage visibleFields={[]} />
      <AlertActions>
        <SubmitButton variant="danger" disabled={effect.state !== "known"}>
          {t("remove")}
        </SubmitButton>
      </AlertActions>
    </ActionForm>
  );
}
