"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { imageFormats } from "@/lib/catalog/uploads/schema";
import type { ImageGuess } from "./guess-image";

export type UploadPlace = {
  id: string;
  displayName: string;
  environment: string;
  defaultStorageClass: string | null;
  storageClasses: readonly string[];
  hasCdi: boolean | null;
};

type ImageFieldsProps = { guess: ImageGuess; places: readonly UploadPlace[] };

/** What the image is and where it goes, filled in with what the file itself says. */
export function ImageFields({ guess, places }: ImageFieldsProps) {
  const t = useTranslations("uploads");
  return (
    <>
      <Field name="displayName" label={t("fields.displayName")} required>
        <Input defaultValue={guess.displayName} maxLength={100} autoComplete="off" />
      </Field>
      <PlaceFields places={places} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field name="format" label={t("fields.format")} hint={t("new.formatHint")} required>
          <Select
            defaultValue={guess.format}
            options={imageFormats.map((format) => ({ value: format, label: t(`format.${format}`) }))}
          />
        </Field>
        <Field
          name="diskGb"
          label={t("fields.diskGb")}
          hint={t("new.diskHint", { gigabytes: guess.diskGb })}
          required
        >
          <Input type="number" min={1} max={65_536} defaultValue={guess.diskGb} />
        </Field>
      </div>
    </>
  );
}

function PlaceFields({ places }: { places: readonly UploadPlace[] }) {
  const t = useTranslations("uploads");
  const able = places.filter(({ hasCdi }) => hasCdi !== false);
  const [clusterId, setClusterId] = useState(able[0]?.id ?? "");
  const place = places.find(({ id }) => id === clusterId);
  const usual = place?.defaultStorageClass;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field name="clusterId" label={t("fields.cluster")} required>
        <Select
          value={clusterId}
          onChange={(event) => setClusterId(event.target.value)}
          options={places.map(({ id, displayName, hasCdi }) => ({
            value: id,
            label: hasCdi === false ? t("new.withoutCdi", { cluster: displayName }) : displayName,
            disabled: hasCdi === false,
          }))}
        />
      </Field>
      <Field name="storageClass" label={t("fields.storageClass")}>
        <Select
          key={clusterId}
          defaultValue=""
          options={[
            { value: "", label: usual ? t("new.defaultClass", { name: usual }) : t("new.noDefaultClass") },
            ...(place?.storageClasses ?? []).map((name) => ({ value: name, label: name })),
          ]}
        />
      </Field>
    </div>
  );
}
