import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";

export const clusterTabs = [
  "overview",
  "capacity",
  "capabilities",
  "storage",
  "permissions",
  "policy",
  "connection",
] as const;
export type ClusterTab = (typeof clusterTabs)[number];

interface ClusterTabsProps {
  clusterId: string;
  current: ClusterTab;
  /** How many things wait behind a tab. */
  marks: Partial<Record<ClusterTab, string>>;
}

/** The parts of a cluster's page, each with its own address. */
export function ClusterTabs({ clusterId, current, marks }: ClusterTabsProps) {
  const t = useTranslations("clusters.tabs");
  return (
    <nav aria-label={t("label")} className="flex gap-1 overflow-x-auto border-b">
      {clusterTabs.map((tab) => (
        <Link
          key={tab}
          href={`/admin/clusters/${clusterId}${tab === "overview" ? "" : `?tab=${tab}`}`}
          scroll={false}
          aria-current={tab === current ? "page" : undefined}
          className={cn(
            "-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 px-3 text-sm font-medium whitespace-nowrap pointer-coarse:h-11",
            tab === current
              ? "border-accent-ink text-ink"
              : "border-transparent text-ink-muted hover:border-line hover:text-ink",
          )}
        >
          {t(tab)}
          {marks[tab] !== undefined && <Badge tone="warning">{marks[tab]}</Badge>}
        </Link>
      ))}
    </nav>
  );
}
