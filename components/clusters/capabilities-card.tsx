import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyValue } from "@/components/ui/key-value";
import { StatusBadge } from "@/components/ui/status-badge";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ClusterDetail, StoredCapabilities } from "@/lib/clusters/schema";

export function CapabilitiesCard({ cluster }: { cluster: ClusterDetail }) {
  const t = useTranslations("clusters");
  const { capabilities } = cluster;
  return (
    <Card
      title={t("capabilities.title")}
      description={
        cluster.capabilitiesDetectedAt &&
        t.rich("capabilities.age", {
          time: () => <TimeAgo at={cluster.capabilitiesDetectedAt ?? new Date(0)} />,
        })
      }
    >
      {capabilities === null ? (
        <EmptyState icon="search" title={t("capabilities.empty")}>
          {t("capabilities.emptyDetail")}
        </EmptyState>
      ) : (
        <div className="grid gap-4">
          <Found capabilities={capabilities} features={cluster.enabledFeatures} />
          {capabilities.partial.length > 0 && <Unread partial={capabilities.partial} />}
        </div>
      )}
    </Card>
  );
}

function Found({ capabilities, features }: { capabilities: StoredCapabilities; features: string[] }) {
  const t = useTranslations("clusters");
  const { gpuDevices, hugepages, sriovNetworks, cdi, snapshots } = capabilities;
  const { number } = useFormatter();
  return (
    <DescriptionList>
      <Description term={t("capabilities.import")}>
        <YesNo yes={cdi} />
      </Description>
      <Description term={t("capabilities.snapshots")}>
        <YesNo yes={snapshots} />
      </Description>
      <Chips term={t("capabilities.gpus")}>
        {gpuDevices.map((gpu) => (
          <KeyValue
            key={gpu.resource}
            name={gpu.resource}
            value={gpu.permitted ? number(gpu.allocatable) : t("capabilities.notPermitted")}
          />
        ))}
      </Chips>
      <Chips term={t("capabilities.hugepages")}>
        {hugepages.map((pages) => (
          <KeyValue
            key={pages.size}
            name={pages.size}
            value={t("nodes.gibibytes", { size: number(pages.allocatableBytes / 1024 ** 3) })}
          />
        ))}
      </Chips>
      <Chips term={t("capabilities.sriov")}>
        {sriovNetworks.map((network) => (
          <KeyValue
            key={`${network.namespace}/${network.name}`}
            name={network.namespace}
            value={network.name}
          />
        ))}
      </Chips>
      <Chips term={t("capabilities.features")}>
        {features.map((feature) => (
          <span key={feature} className="rounded-sm border bg-sunken px-1.5 font-mono text-2xs leading-5">
            {feature}
          </span>
        ))}
      </Chips>
    </DescriptionList>
  );
}

function Chips({ term, children }: { term: string; children: ReactNode[] }) {
  const t = useTranslations("clusters");
  return (
    <Description term={term}>
      {children.length === 0 ? (
        <span className="text-ink-faint">{t("none")}</span>
      ) : (
        <span className="flex flex-wrap gap-1.5">{children}</span>
      )}
    </Description>
  );
}

function YesNo({ yes }: { yes: boolean }) {
  const t = useTranslations("clusters");
  return yes ? (
    <StatusBadge tone="success" icon="done" label={t("yes")} look="plain" />
  ) : (
    <StatusBadge tone="neutral" icon="ban" label={t("no")} look="plain" />
  );
}

function Unread({ partial }: { partial: string[] }) {
  const t = useTranslations("clusters");
  return (
    <Callout tone="warning" title={t("capabilities.partial")}>
      <ul className="grid gap-1 font-mono text-xs">
        {partial.map((sentence) => (
          <li key={sentence} className="break-words">
            {sentence}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
