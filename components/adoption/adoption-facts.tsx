import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { AdoptionDetail } from "@/lib/vms/adoption/schema";

export function AdoptionFacts({ adoption }: { adoption: AdoptionDetail }) {
  const t = useTranslations("adoption");
  const { machine } = adoption;
  const notSaid = <span className="text-ink-faint">{t("fact.notSaid")}</span>;
  return (
    <Card title={t("detail.overview")}>
      <div className="grid gap-x-8 gap-y-2 lg:grid-cols-2">
        <DescriptionList>
          <Description term={t("fact.claims")}>
            {adoption.systemName} / <ServiceName adoption={adoption} />
          </Description>
          <Description term={t("fact.instance")}>{adoption.instance ?? notSaid}</Description>
          <Description term={t("fact.cluster")}>
            <TextLink href={`/admin/clusters/${adoption.clusterId}`}>{adoption.clusterName}</TextLink>{" "}
            <EnvironmentBadge name={adoption.environment} />
          </Description>
          <Description term={t("fact.namespace")}>
            <span className="font-mono text-xs">{adoption.namespace}</span>
          </Description>
          <Description term={t("fact.found")}>
            <TimeAgo at={adoption.discoveredAt} />
          </Description>
        </DescriptionList>
        <DescriptionList>
          <Description term={t("fact.status")}>{machine?.printableStatus ?? notSaid}</Description>
          <Description term={t("fact.size")}>
            {machine === null
              ? notSaid
              : t("fact.sizeOf", { cpu: machine.cpuCores, memory: machine.memoryGi })}
          </Description>
          <Description term={t("fact.disk")}>
            {machine === null || machine.diskGb === 0 ? notSaid : t("fact.gib", { count: machine.diskGb })}
          </Description>
          <Description term={t("fact.managers")}>{listed(machine?.managers) ?? notSaid}</Description>
          {machine !== null && machine.owners.length > 0 && (
            <Description term={t("fact.owners")}>
              {listed(machine.owners.map(({ kind, name }) => `${kind} ${name}`))}
            </Description>
          )}
          <Description term={t("fact.uid")}>
            <span className="font-mono text-xs break-all">{adoption.k8sUid}</span>
          </Description>
        </DescriptionList>
      </div>
    </Card>
  );
}

function ServiceName({ adoption: { serviceId, serviceName } }: { adoption: AdoptionDetail }) {
  if (serviceId === null) return serviceName;
  return <TextLink href={`/services/${serviceId}`}>{serviceName}</TextLink>;
}

function listed(names: readonly string[] | undefined): ReactNode {
  if (names === undefined || names.length === 0) return null;
  return <span className="font-mono text-xs break-words">{names.join(", ")}</span>;
}

export function AdoptionLabels({ labels }: { labels: Record<string, string> }) {
  const t = useTranslations("adoption");
  return (
    <Card title={t("detail.labels")}>
      <dl className="grid gap-2 text-xs">
        {Object.entries(labels).map(([key, value]) => (
          <div key={key} className="min-w-0">
            <dt className="break-all text-ink-faint">{key}</dt>
            <dd className="font-mono break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
