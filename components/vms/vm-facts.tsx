import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ModifyLink } from "@/components/modification/modify-link";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { VmDetail } from "@/lib/vms/schema";

type VmFactsCardProps = { vm: VmDetail; mayModify: boolean };

/** Where the machine is, what it is made of, and who asked for it. */
export function VmFactsCard({ vm, mayModify }: VmFactsCardProps) {
  const t = useTranslations("vms");
  return (
    <Card title={t("fact.title")} actions={<ModifyLink vm={vm} isPermitted={mayModify} />}>
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <StateFacts vm={vm} />
        <MakeFacts vm={vm} />
      </div>
    </Card>
  );
}

function StateFacts({ vm }: { vm: VmDetail }) {
  const t = useTranslations("vms");
  const notYet = <Faint>{t("fact.notYet")}</Faint>;
  return (
    <DescriptionList>
      {vm.status === "RUNNING" && (
        <Description term={t("fact.runningSince")}>
          <TimeAgo at={vm.statusSince} />
        </Description>
      )}
      <Description term={t("fact.ip")}>{vm.ip === null ? notYet : <Copyable text={vm.ip} />}</Description>
      <Description term={t("fact.os")}>{guestOf(vm) ?? notYet}</Description>
      <Description term={t("fact.cluster")}>{vm.clusterName}</Description>
      {vm.node !== null && (
        <Description term={t("fact.node")}>
          <Copyable text={vm.node} className="max-w-full" />
        </Description>
      )}
      <Description term={t("fact.namespace")}>
        <span className="inline-flex flex-wrap items-center gap-2">
          <Copyable text={vm.namespace} />
          <EnvironmentBadge name={vm.environment} />
        </span>
      </Description>
      <Description term={t("fact.clusterStatus")}>{vm.clusterStatus ?? notYet}</Description>
      <Description term={t("fact.observed")}>
        {vm.observedAt === null ? notYet : <TimeAgo at={vm.observedAt} />}
      </Description>
      <Description term={t("fact.id")}>
        <Copyable text={vm.id} className="max-w-full text-xs" />
      </Description>
    </DescriptionList>
  );
}

function MakeFacts({ vm }: { vm: VmDetail }) {
  const t = useTranslations("vms");
  const none = t(vm.origin === "request" ? "fact.removed" : "fact.notFromTemplate");
  const size = { cpu: vm.cpuCores, memory: vm.memoryGi, disk: vm.diskGb };
  return (
    <DescriptionList>
      <Description term={t("fact.system")}>
        <TextLink href={`/systems/${vm.systemId}`}>{vm.systemName}</TextLink>
      </Description>
      <Description term={t("fact.service")}>
        <TextLink href={`/services/${vm.serviceId}`}>{vm.serviceName}</TextLink>
      </Description>
      <Description term={t("fact.template")}>
        {vm.templateName ?? <Faint>{none}</Faint>}{" "}
        {vm.templateVersion !== null && <Faint>{t("fact.version", { version: vm.templateVersion })}</Faint>}
      </Description>
      <Description term={t("fact.size")}>
        {vm.sizeName} <Faint>{t(vm.diskGb === 0 ? "size" : "sizeWithDisk", size)}</Faint>
      </Description>
      <Description term={t(`fact.by.${vm.origin}`)}>
        {vm.ticketId === null ? (
          (vm.createdByName ?? <Faint>–</Faint>)
        ) : (
          <TextLink href={`/requests/${vm.ticketId}`}>{vm.createdByName ?? "–"}</TextLink>
        )}
      </Description>
      <Description term={t(`fact.since.${vm.origin}`)}>
        <TimeAgo at={vm.createdAt} />
      </Description>
    </DescriptionList>
  );
}

function Faint({ children }: { children: ReactNode }) {
  return <span className="text-ink-faint">{children}</span>;
}

function guestOf(vm: VmDetail): string | null {
  const { name, version } = vm.osInfo ?? {};
  if (typeof name !== "string") return null;
  return typeof version === "string" && !name.includes(version) ? `${name} ${version}` : name;
}
