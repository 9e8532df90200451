"use client";

import { useTranslations } from "next-intl";
import { createViewAction } from "@/app/actions/vm-list";
import { ActionForm } from "@/components/ui/action-form";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ListColumn } from "@/lib/vms/list/columns/rules";

export type SaveViewDialogProps = {
  q: string;
  sort: string;
  columns: readonly ListColumn[];
  /** With whose members it can be shared. */
  systems: readonly { id: string; name: string }[];
  onClose: () => void;
};

export function SaveViewDialog({ q, sort, columns, systems, onClose }: SaveViewDialogProps) {
  const t = useTranslations("vmlist.views");
  const options = [
    { value: "", label: t("own") },
    ...systems.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Dialog open onOpenChange={onClose} title={t("saveTitle")} description={t("saveText")} width="sm">
      <ActionForm action={createViewAction} className="grid gap-4">
        <input type="hidden" name="query" value={q} />
        <input type="hidden" name="sort" value={sort} />
        {columns.map((column) => (
          <input key={column} type="hidden" name="columns" value={column} />
        ))}
        <Field name="name" label={t("name")} required>
          <Input maxLength={60} autoComplete="off" />
        </Field>
        <Field name="systemId" label={t("sharedWith")} hint={t("sharedHint")}>
          <Select options={options} />
        </Field>
        <FormMessage visibleFields={["name", "systemId"]} />
        <DialogActions>
          <SubmitButton>{t("save")}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}
