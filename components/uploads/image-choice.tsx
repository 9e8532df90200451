"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Icon } from "@/components/ui/icon";
import { RadioCards } from "@/components/ui/radio-cards";
import { TextLink } from "@/components/ui/text-link";
import type { UploadRow } from "@/lib/catalog/uploads/schema";
import { useByteWords } from "./use-byte-words";

export type ChoosableImage = Pick<
  UploadRow,
  "id" | "displayName" | "fileName" | "clusterName" | "environment" | "format" | "sizeBytes" | "diskGb"
>;

type ImageChoiceProps = {
  /** What listReadyUploads found. */
  images: readonly ChoosableImage[];
  name?: string | undefined;
  value?: string | undefined;
  defaultValue?: string | undefined;
  onChange?: ((uploadId: string) => void) | undefined;
  error?: string | undefined;
};

/** One of the uploaded images that are ready, each with the cluster that has it; posts its id. */
export function ImageChoice({ images, name = "imageUploadId", ...choice }: ImageChoiceProps) {
  const t = useTranslations("uploads");
  const { size } = useByteWords();
  if (images.length === 0) {
    return (
      <Callout title={t("choice.none")}>
        <TextLink href="/admin/images">{t("choice.upload")}</TextLink>
      </Callout>
    );
  }
  return (
    <RadioCards
      name={name}
      label={t("choice.label")}
      hint={t("choice.hint")}
      {...choice}
      cards={images.map((image) => ({
        value: image.id,
        label: image.displayName,
        icon: <Icon name="disk" />,
        facts: t("choice.facts", {
          cluster: image.clusterName,
          format: t(`format.${image.format}`),
          size: size(image.sizeBytes),
          gigabytes: image.diskGb,
        }),
        description: image.fileName,
      }))}
    />
  );
}
