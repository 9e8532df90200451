"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { setListChoicesAction } from "@/app/actions/vm-list";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormMessage } from "@/components/ui/form-message";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SubmitButton } from "@/components/ui/submit-button";
import { densities, listColumns, type Density, type ListColumn } from "@/lib/vms/list/columns/rules";
import { listHref, type Address } from "./list-address";

export type SettingsDialogProps = {
  columns: readonly ListColumn[];
  density: Density;
  isTreeShown: boolean;
  address: Address;
  /** The open view has columns of its own, so the address must say otherwise. */
  isOfView: boolean;
  onClose: () => void;
};

export function SettingsDialog({
  columns,
  density,
  isTreeShown,
  address,
  isOfView,
  onClose,
}: SettingsDialogProps) {
  const t = useTranslations("vmlist");
  const router = useRouter();

  function leave(chosen: readonly string[]) {
    onClose();
    if (isOfView || address["columns"])
      router.replace(listHref(address, { columns: chosen.join() }), { scroll: false });
  }

  return (
    <Dialog open onOpenChange={onClose} title={t("settings.title")}>
      <ActionForm
        action={setListChoicesAction}
        className="grid gap-5"
        onSuccess={(choices) => leave(choices.columns ?? columns)}
      >
        <fieldset className="grid gap-2">
          <legend className="mb-2 text-sm font-medium">{t("settings.columns")}</legend>
          <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
            {listColumns.map((column) => (
              <Checkbox
                key={column}
                name="columns"
                value={column}
                defaultChecked={columns.includes(column)}
                label={t(`column.${column}`)}
              />
            ))}
          </div>
        </fieldset>
        <SegmentedControl
          name="density"
          label={t("settings.density")}
          defaultValue={density}
          options={densities.map((value) => ({ value, label: t(`settings.${value}`) }))}
        />
        <input type="hidden" name="isTreeShown" value="false" />
        <Checkbox name="isTreeShown" value="true" defaultChecked={isTreeShown} label={t("settings.tree")} />
        <FormMessage />
        <DialogActions>
          <Button onClick={onClose}>{t("settings.cancel")}</Button>
          <SubmitButton>{t("settings.save")}</SubmitButton>
        </DialogActions>
      </ActionForm>
    </Dialog>
  );
}
