"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { removeAt, replaceAt } from "./change-list";
import { isSaid, memberPaths } from "./member-paths";
import { OfferNote } from "./offer-note";
import { SetElsewhere } from "./set-elsewhere";
import { useSizeEditing } from "./size-editor-context";

const devicesMax = 4;

/** Which GPUs and how many of each; the names that clusters have are suggested. */
export function DeviceTable() {
  const t = useTranslations("sizes.form");
  const { draft, change, errorOf, offer } = useSizeEditing();
  const listId = useId();
  const devices = draft.gpuDevices;
  if (isSaid(draft.overrides, memberPaths.gpuDevices)) {
    return (
      <div className="grid gap-1.5">
        <span className="text-sm font-medium">{t("gpus")}</span>
        <SetElsewhere member="gpuDevices" />
      </div>
    );
  }
  return (
    <fieldset className="grid min-w-0 gap-2" data-field="gpuDevices" tabIndex={-1}>
      <legend className="mb-1.5 text-sm font-medium">{t("gpus")}</legend>
      {devices.length === 0 && <p className="text-xs text-ink-muted">{t("gpusNone")}</p>}
      {devices.map(({ name, count }, at) => (
        <div key={at} className="grid gap-1">
          <div className="grid grid-cols-[minmax(0,1fr)_4.5rem_auto] items-center gap-2">
            <Input
              mono
              aria-label={t("gpuDevice", { number: at + 1 })}
              aria-invalid={errorOf(`gpuDevices.${at}.name`) !== undefined || undefined}
              placeholder="nvidia.com/A10"
              list={listId}
              autoComplete="off"
              spellCheck={false}
              value={name}
              onChange={(event) =>
                change({ gpuDevices: replaceAt(devices, at, { name: event.target.value, count }) })
              }
            />
            <Input
              type="number"
              min={1}
              max={16}
              aria-label={t("gpuCount", { number: at + 1 })}
              value={count}
              onChange={(event) =>
                change({ gpuDevices: replaceAt(devices, at, { name, count: event.target.value }) })
              }
            />
            <IconButton
              label={t("removeRow", { name: name || t("gpuDevice", { number: at + 1 }) })}
              onClick={() => change({ gpuDevices: removeAt(devices, at) })}
            >
              <X aria-hidden />
            </IconButton>
          </div>
          <OfferNote
            name={name}
            offered={offer.gpuDevices}
            error={errorOf(`gpuDevices.${at}.name`) ?? errorOf(`gpuDevices.${at}.count`)}
          />
        </div>
      ))}
      <datalist id={listId}>
        {offer.gpuDevices.map((device) => (
          <option key={device.name} value={device.name}>
            {t("clustersHave", { count: device.clusterNames.length })}
          </option>
        ))}
      </datalist>
      {errorOf("gpuDevices") && <p className="text-xs text-danger">{errorOf("gpuDevices")}</p>}
      {devices.length < devicesMax && (
        <Button
          size="sm"
          className="w-fit"
          onClick={() => change({ gpuDevices: [...devices, { name: "", count: "1" }] })}
        >
          <Plus aria-hidden />
          {t("gpuAdd")}
        </Button>
      )}
    </fieldset>
  );
}
