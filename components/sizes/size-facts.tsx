import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Description, DescriptionList } from "@/components/ui/description-list";
import type { SizeDetail } from "@/lib/catalog/sizes/schema";
import { SizeExtras } from "./size-extras";

/** The size for those who may read it and not change it. */
export function SizeFacts({ size }: { size: SizeDetail }) {
  const t = useTranslations("sizes");
  const overrides = Object.keys(size.specOverrides).length;
  return (
    <Card title={t("facts.title")} description={t("facts.readOnly")}>
      <div className="grid gap-4">
        <DescriptionList>
          <Description term={t("member.description")}>{size.description || "–"}</Description>
          <Description term={t("column.scope")}>{t(`scope.${size.catalogScope}`)}</Description>
          <Description term={t("column.cpu")}>
            {t("facts.amount", {
              amount: size.cpuCores,
              reserved: size.cpuRequest ?? size.cpuCores,
              unit: t("form.cores"),
            })}
          </Description>
          <Description term={t("column.memory")}>
            {t("facts.amount", {
              amount: size.memoryGi,
              reserved: size.memoryRequestGi ?? size.memoryGi,
              unit: "GiB",
            })}
          </Description>
          <Description term={t("column.disk")}>
            {t("diskRange", { min: size.minDiskGb, max: size.maxDiskGb })},{" "}
            {t("diskDefault", { standard: size.defaultDiskGb })}
          </Description>
          <Description term={t("column.extras")}>
            <SizeExtras size={size} />
          </Description>
          <Description term={t("form.rootVolume")}>
            {[...size.dvAccessModes, ...(size.dvVolumeMode === null ? [] : [size.dvVolumeMode])].join(", ") ||
              t("form.volumeAuto")}
          </Description>
        </DescriptionList>
        {overrides > 0 && (
          <CodeBlock title={t("fields.title")} code={JSON.stringify(size.specOverrides, null, 2)} />
        )}
      </div>
    </Card>
  );
}
