import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { SizeListRow } from "@/lib/catalog/sizes/schema";

/** What not every cluster has, as chips. */
export function SizeExtras({ size }: { size: SizeListRow }) {
  const t = useTranslations("sizes.extras");
  const chips = [
    ...size.gpuDevices.map(({ name, count }) => t("gpu", { count, name })),
    ...(size.dedicatedCpu ? [t("dedicated")] : []),
    ...(size.hugepagesSize === null ? [] : [t("hugepages", { size: size.hugepagesSize })]),
    ...size.sriovNetworks.map((network) => t("sriov", { network: network.split("/").at(-1) ?? network })),
  ];
  const others = size.overrideCount;
  if (chips.length === 0 && others === 0) return <span className="text-ink-faint">–</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {chips.map((chip) => (
        <Badge key={chip} tone="info" className="h-auto min-h-5 whitespace-normal">
          {chip}
        </Badge>
      ))}
      {others > 0 && <Badge>{t("overrides", { count: others })}</Badge>}
    </span>
  );
}
