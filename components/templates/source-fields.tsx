"use client";

import { useTranslations } from "next-intl";
import { ImageChoice } from "@/components/uploads/image-choice";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { TextLink } from "@/components/ui/text-link";
import { sourceTypes } from "./template-choices";
import { useTemplateEditing } from "./template-editor-context";

const icons = { containerdisk: "box", cdi_image_import: "cloud", cdi_pvc_clone: "disk" } as const;

/** Where the root disk of each machine comes from. */
export function SourceFields() {
  const t = useTranslations("templates.source");
  const { draft, change, errorOf } = useTemplateEditing();
  return (
    <div className="grid gap-4">
      <RadioCards
        name="sourceType"
        label={<span className="sr-only">{t("label")}</span>}
        columns={3}
        value={draft.sourceType}
        onChange={(value) => {
          const sourceType = sourceTypes.find((each) => each === value);
          if (sourceType) change({ sourceType });
        }}
        error={errorOf("sourceType")}
        cards={sourceTypes.map((type) => ({
          value: type,
          icon: <Icon name={icons[type]} />,
          label: t(`type.${type}`),
          description: t(`typeHint.${type}`),
        }))}
      />
      {draft.sourceType === "cdi_pvc_clone" ? <CloneFields /> : <AddressField />}
    </div>
  );
}

function AddressField() {
  const t = useTranslations("templates.source");
  const { draft, change, errorOf } = useTemplateEditing();
  const isDisk = draft.sourceType === "containerdisk";
  return (
    <Field
      name="imageUrl"
      label={t(isDisk ? "disk" : "address")}
      hint={t(isDisk ? "diskHint" : "addressHint")}
      required
      error={errorOf("imageUrl")}
    >
      <Input
        mono
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
        maxLength={2000}
        placeholder={
          isDisk
            ? "quay.io/containerdisks/debian:13"
            : "https://cloud.debian.org/images/cloud/trixie/latest/debian-13-generic-amd64.qcow2"
        }
        value={draft.imageUrl}
        onChange={(event) => change({ imageUrl: event.target.value })}
      />
    </Field>
  );
}

function CloneFields() {
  const t = useTranslations("templates.source");
  const { draft, change, errorOf, offer } = useTemplateEditing();
  return (
    <div className="grid gap-3" data-field="imageUrl">
      <SegmentedControl
        name="cloneOf"
        label={t("cloneOf")}
        value={draft.cloneOf}
        onChange={(value) => change({ cloneOf: value === "volume" ? "volume" : "upload" })}
        options={[
          { value: "upload", label: t("upload") },
          { value: "volume", label: t("volume") },
        ]}
      />
      {draft.cloneOf === "upload" ? (
        <>
          <ImageChoice
            images={offer.images}
            value={draft.imageUploadId ?? ""}
            onChange={(imageUploadId) => change({ imageUploadId })}
            error={errorOf("imageUploadId")}
          />
          {offer.images.length > 0 && (
            <p className="text-xs text-ink-faint">
              <TextLink href="/admin/images">{t("uploadOne")}</TextLink>
            </p>
          )}
        </>
      ) : (
        <VolumeFields />
      )}
    </div>
  );
}

function VolumeFields() {
  const t = useTranslations("templates.source");
  const { draft, change, errorOf } = useTemplateEditing();
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field name="pvcNamespace" label={t("pvcNamespace")} required error={errorOf("pvcNamespace")}>
          <Input
            mono
            autoComplete="off"
            spellCheck={false}
            placeholder="golden-images"
            value={draft.pvcNamespace}
            onChange={(event) => change({ pvcNamespace: event.target.value })}
          />
        </Field>
        <Field name="pvcName" label={t("pvcName")} required error={errorOf("pvcName")}>
          <Input
            mono
            autoComplete="off"
            spellCheck={false}
            placeholder="debian-13"
            value={draft.pvcName}
            onChange={(event) => change({ pvcName: event.target.value })}
          />
        </Field>
      </div>
      <p className="text-xs text-ink-faint">{t("volumeHint")}</p>
    </>
  );
}
