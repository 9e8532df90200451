"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { accessModes, volumeModes } from "./size-choices";
import { useSizeEditing } from "./size-editor-context";

/** How the root volume is asked for: as the storage class's profile says, or fixed here. */
export function VolumeFields() {
  const t = useTranslations("sizes.form");
  const { draft, change } = useSizeEditing();
  const [isFixed, setFixed] = useState(draft.dvAccessModes.length > 0 || draft.dvVolumeMode !== "");

  function choose(value: string) {
    setFixed(value === "fixed");
    if (value !== "fixed") change({ dvAccessModes: [], dvVolumeMode: "" });
  }

  return (
    <div className="grid gap-3">
      <SegmentedControl
        name="rootVolume"
        label={t("rootVolume")}
        value={isFixed ? "fixed" : "auto"}
        onChange={choose}
        options={[
          { value: "auto", label: t("volumeAuto") },
          { value: "fixed", label: t("volumeFixed") },
        ]}
      />
      <p className="text-xs text-ink-muted">{t(isFixed ? "volumeFixedHint" : "volumeAutoHint")}</p>
      {isFixed && <FixedModes />}
    </div>
  );
}

function FixedModes() {
  const t = useTranslations("sizes.form");
  const { draft, change, errorOf } = useSizeEditing();
  const chosen = draft.dvAccessModes;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <fieldset className="grid gap-1.5" data-field="dvAccessModes">
        <legend className="mb-1.5 text-sm font-medium">{t("accessModes")}</legend>
        {accessModes.map((mode) => (
          <Checkbox
            key={mode}
            label={mode}
            checked={chosen.includes(mode)}
            onChange={({ target }) =>
              change({
                dvAccessModes: accessModes.filter((each) =>
                  each === mode ? target.checked : chosen.includes(each),
                ),
              })
            }
          />
        ))}
        {errorOf("dvAccessModes") && <p className="text-xs text-danger">{errorOf("dvAccessModes")}</p>}
      </fieldset>
      <Field name="dvVolumeMode" label={t("volumeMode")} error={errorOf("dvVolumeMode")}>
        <Select
          value={draft.dvVolumeMode}
          onChange={(event) => change({ dvVolumeMode: event.target.value })}
          options={[
            { value: "", label: t("volumeModeAny") },
            ...volumeModes.map((mode) => ({ value: mode, label: t(`volumeModes.${mode}`) })),
          ]}
        />
      </Field>
    </div>
  );
}
