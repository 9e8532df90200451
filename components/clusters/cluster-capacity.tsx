import { useFormatter, useTranslations } from "next-intl";
import { CapacityBar } from "@/components/ui/capacity-bar";
import { cn } from "@/components/ui/class-names";
import type { ClusterRow } from "@/lib/clusters/schema";

/** What the portal's machines were promised, of what the ready nodes offer. */
export function ClusterCapacity({
  capacity,
  className,
}: {
  capacity: NonNullable<ClusterRow["capacity"]>;
  className?: string;
}) {
  const t = useTranslations("clusters");
  const { number } = useFormatter();
  const { cpuCores, memoryGi } = capacity;
  return (
    <div className={cn("grid gap-2", className)}>
      <CapacityBar
        label={t("capacity.cpu")}
        used={cpuCores.committed}
        total={cpuCores.total}
        summary={t("capacity.cores", { used: number(cpuCores.committed), total: number(cpuCores.total) })}
      />
      <CapacityBar
        label={t("capacity.memory")}
        used={memoryGi.committed}
        total={memoryGi.total}
        summary={t("capacity.gibibytes", { used: number(memoryGi.committed), total: number(memoryGi.total) })}
      />
    </div>
  );
}
