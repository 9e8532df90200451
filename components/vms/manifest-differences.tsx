import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { DiffList, DiffRow } from "@/components/ui/diff-row";
import type { VmManifest } from "@/lib/vms/schema";

/** What the portal would write today beside what the cluster has; what the cluster adds by itself is left out. */
export function ManifestDifferences({ differences }: { differences: VmManifest["differences"] }) {
  const t = useTranslations("vms.manifest");
  if (differences === null) return <Callout tone="neutral">{t("notRendered")}</Callout>;
  if (differences.length === 0) return <Callout tone="success">{t("same")}</Callout>;
  return (
    <Card title={t("differences", { count: differences.length })} description={t("differencesText")}>
      <DiffList>
        {differences.map(({ path, wanted, live }) => (
          <DiffRow
            key={path}
            label={<span className="font-mono text-xs break-all">{path}</span>}
            before={wanted ?? t("absent")}
            after={live ?? t("absent")}
          />
        ))}
      </DiffList>
    </Card>
  );
}
