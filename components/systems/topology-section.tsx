import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { SystemRow } from "@/lib/systems/schema";
import type { Topology } from "@/lib/vms/topology/schema";
import { TopologyLegend } from "./topology-legend";
import { TopologyList } from "./topology-list";
import { TopologyPicture } from "./topology-picture";
import { useDrawnTopology } from "./use-drawn-topology";

export const topologyViews = ["picture", "list"] as const;
type TopologyView = (typeof topologyViews)[number];

type TopologySectionProps = { system: SystemRow; topology: Topology; view: TopologyView };

/** What the System is made of, to look at or to read. */
export function TopologySection({ system, topology, view }: TopologySectionProps) {
  const t = useTranslations("systems.topology");
  const drawn = useDrawnTopology(system.name, topology);
  const { services } = topology;
  if (services.length === 0)
    return (
      <Card flush>
        <EmptyState icon="layers" title={t("empty")}>
          {t("emptyText")}
        </EmptyState>
      </Card>
    );
  return (
    <Section
      title={t("title")}
      description={t("description")}
      actions={<ViewLinks systemId={system.id} view={view} />}
    >
      {topology.hasMoreServices && <Callout>{t("folded", { count: services.length })}</Callout>}
      <TopologyLegend services={services} />
      {view === "list" ? <TopologyList services={services} /> : <TopologyPicture drawn={drawn} />}
    </Section>
  );
}

function ViewLinks({ systemId, view }: { systemId: string; view: TopologyView }) {
  const t = useTranslations("systems.topology");
  return (
    <nav aria-label={t("views")} className="inline-flex gap-0.5 rounded-md border bg-sunken p-0.5">
      {topologyViews.map((one) => (
        <Link
          key={one}
          href={`/systems/${systemId}/topology${one === "picture" ? "" : `?view=${one}`}`}
          aria-current={one === view ? "true" : undefined}
          className={cn(
            "inline-flex h-6.5 items-center rounded-sm px-2.5 text-xs font-medium text-ink-muted hover:text-ink pointer-coarse:h-9",
            one === view && "bg-surface text-ink shadow-raised ring-1 ring-line dark:bg-hover",
          )}
        >
          {t(`view.${one}`)}
        </Link>
      ))}
    </nav>
  );
}
