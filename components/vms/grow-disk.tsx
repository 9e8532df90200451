import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { RefusedButton } from "@/components/ui/refused-button";
import type { DiskRow } from "@/lib/vms/hardware/schema";

type GrowDiskProps = {
  vmId: string;
  disk: DiskRow;
  growth: { isPermitted: boolean; isFitting: boolean };
};

/** The way to a larger disk, or the rule that stands in it; a disk never becomes smaller. */
export function GrowDisk({ vmId, disk, growth }: GrowDiskProps) {
  const t = useTranslations("vms.disks");
  const refusal = refusalOf(disk, growth);
  if (refusal !== null)
    return (
      <RefusedButton size="sm" reason={t(`refused.${refusal}`)}>
        {t("grow")}
      </RefusedButton>
    );
  return (
    <LinkButton href={`/vms/${vmId}/modify#${disk.isRoot ? "disk" : `disk-${disk.name}`}`} size="sm">
      {t("grow")}
    </LinkButton>
  );
}

function refusalOf({ claim }: DiskRow, { isPermitted, isFitting }: GrowDiskProps["growth"]) {
  if (!isPermitted) return "role";
  if (claim?.isExpandable === false) return "class";
  return isFitting ? null : "state";
}
