import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyValue } from "@/components/ui/key-value";
import { StatusBadge } from "@/components/ui/status-badge";
import { TextLink } from "@/components/ui/text-link";
import type { FieldSchemaRow } from "@/lib/catalog/fields/schema";
import { explainMigration } from "@/lib/clusters/capacity/rules";
import type { ClusterDetail, StoredCapabilities } from "@/lib/clusters/schema";
import { PartAge } from "./part-age";

/** What can be offered on this cluster, each part with the age of its answer. */
export function CapabilitiesCard({
  cluster,
  fields,
}: {
  cluster: ClusterDetail;
  fields: FieldSchemaRow | null;
}) {
  const t = useTranslations("clusters.capabilities");
  const { capabilities } = cluster;
  if (capabilities === null) {
    return (
      <Card title={t("title")}>
        <EmptyState icon="search" title={t("empty")}>
          {t("emptyDetail")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      {capabilities.partial.length > 0 && <Unread partial={capabilities.partial} />}
      <VersionsCard cluster={cluster} capabilities={capabilities} fields={fields} />
      <HardwareCard cluster={cluster} capabilities={capabilities} />
    </>
  );
}

interface PartProps {
  cluster: ClusterDetail;
  capabilities: StoredCapabilities;
}

function VersionsCard({ cluster, capabilities, fields }: PartProps & { fields: FieldSchemaRow | null }) {
  const t = useTranslations("clusters");
  const migration = explainMigration(cluster);
  return (
    <Card title={t("capabilities.versions")} actions={<PartAge at={cluster.readAt.kubevirt} />}>
      <DescriptionList>
        <Description term={t("facts.kubernetes")}>{cluster.kubernetesVersion ?? t("unknown")}</Description>
        <Description term={t("facts.kubevirt")}>
          {[cluster.kubevirtVersion ?? t("unknown"), capabilities.kubevirtPhase].filter(Boolean).join(" · ")}
        </Description>
        <Description term={t("capabilities.import")}>
          <YesNo yes={capabilities.cdi} detail={capabilities.cdiVersion ?? null} />
        </Description>
        <Description term={t("capabilities.snapshots")}>
          <YesNo yes={capabilities.snapshots} detail={null} />
        </Description>
        <Description term={t("capabilities.migration")}>
          <YesNo yes={migration === null} detail={migration && t(`migration.${migration}`)} />
        </Description>
        {fields !== null && (
          <Description term={t("fieldSchema.term")}>
            <FieldSchema fields={fields} />
          </Description>
        )}
        <Chips term={t("capabilities.features")}>
          {cluster.enabledFeatures.map((feature) => (
            <span key={feature} className="rounded-sm border bg-sunken px-1.5 font-mono text-2xs leading-5">
              {feature}
            </span>
          ))}
        </Chips>
      </DescriptionList>
    </Card>
  );
}

/** Which version's fields the forms of sizes and templates know for this cluster. */
function FieldSchema({ fields: { minor, source, fallback, lastError } }: { fields: FieldSchemaRow }) {
  const t = useTranslations("clusters.fieldSchema");
  if (source !== "fallback") return t(source, { minor });
  return (
    <span className="grid gap-1">
      <StatusBadge
        tone="warning"
        icon="warning"
        label={t("fallback", { minor, fallback: fallback ?? "–" })}
        look="plain"
        className="whitespace-normal"
      />
      {lastError !== null && (
        <span className="font-mono text-xs break-words text-ink-muted">{lastError}</span>
      )}
      <TextLink href="/admin/sizes" className="text-xs">
        {t("sizes")}
      </TextLink>
    </span>
  );
}

function HardwareCard({ cluster, capabilities }: PartProps) {
  const t = useTranslations("clusters");
  const { number } = useFormatter();
  const { gpuDevices, hugepages, sriovNetworks } = capabilities;
  return (
    <Card
      title={t("capabilities.hardware")}
      description={t("capabilities.hardwareDetail")}
      actions={<PartAge at={cluster.readAt.nodes} />}
    >
      <DescriptionList>
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
        <Description term={t("capabilities.sriovAge")}>
          <PartAge at={cluster.readAt.networks} />
        </Description>
      </DescriptionList>
    </Card>
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

function YesNo({ yes, detail }: { yes: boolean; detail: string | null }) {
  const t = useTranslations("clusters");
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {yes ? (
        <StatusBadge tone="success" icon="done" label={t("yes")} look="plain" />
      ) : (
        <StatusBadge tone="neutral" icon="ban" label={t("no")} look="plain" />
      )}
      {detail !== null && <span className="text-xs text-ink-muted">{detail}</span>}
    </span>
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
