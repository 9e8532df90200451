"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { RadioCards } from "@/components/ui/radio-cards";
import type { SizeRow } from "@/lib/catalog/sizes/schema";
import { isOffered, type NamespaceOffer } from "./settle-choice";

type SizeCardsProps = {
  sizes: readonly SizeRow[];
  namespace: NamespaceOffer | undefined;
  value: string;
  onChoose: (sizeId: string) => void;
  error: string | undefined;
};

export function SizeCards({ sizes, namespace, value, onChoose, error }: SizeCardsProps) {
  const t = useTranslations("requests");
  const cards = sizes.map((size) => ({
    value: size.id,
    label: size.displayName,
    badge: <SizeBadges size={size} />,
    facts: t("form.sizeFacts", { cpu: size.cpuCores, memory: size.memoryGi, disk: size.defaultDiskGb }),
    description: size.description,
    disabledReason: isOffered(size, namespace)
      ? undefined
      : t("form.notOffered", { environment: namespace?.environmentName ?? "" }),
  }));
  return (
    <RadioCards
      name="instanceSizeId"
      label={<span className="sr-only">{t("form.sizeLabel")}</span>}
      cards={cards}
      value={value}
      onChange={onChoose}
      error={error}
      columns={3}
    />
  );
}

/** What a size has besides cores, memory and a disk. */
function SizeBadges({ size }: { size: SizeRow }) {
  const t = useTranslations("requests");
  return (
    <>
      {size.gpuDevices.map(({ name, count }) => (
        <Badge key={name}>{t("form.gpu", { count, name: name.replace(/^.*\//, "") })}</Badge>
      ))}
      {size.dedicatedCpu && <Badge>{t("form.dedicatedCpu")}</Badge>}
      {size.hugepagesSize && <Badge>{t("form.hugepages", { size: size.hugepagesSize })}</Badge>}
    </>
  );
}
