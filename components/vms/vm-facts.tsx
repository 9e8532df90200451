import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { VmDetail } from "@/lib/vms/schema";

export function VmFactsCard({ vm }: { vm: VmDetail }) {
  const t = useTranslations("vms");
  return (
    <Card title={t("detail.overview")}>
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <DescriptionList>
          <Description term={t("fact.ip")}>{copyableOr(vm.ip, t("fact.notYet"))}</Description>
          <Description term={t("fact.node")}>{copyableOr(vm.node, t("fact.notYet"))}</Description>
          <Description term={t("fact.os")}>{guestOf(vm) ?? faint(t("fact.notYet"))}</Description>
          <Description term={t("fact.clusterStatus")}>
            {vm.clusterStatus ?? faint(t("fact.notYet"))}
          </Description>
          <Description term={t("fact.observed")}>
            {vm.observedAt === null ? faint(t("fact.notYet")) : <TimeAgo at={vm.observedAt} />}
          </Description>
          <Description term={t("fact.cluster")}>{vm.clusterName}</Description>
          <Description term={t("fact.namespace")}>
            <span className="inline-flex items-center gap-2">
              <span className="font-mono text-xs">{vm.namespace}</span>
              <EnvironmentBadge name={vm.environment} />
            </span>
          </Description>
        </DescriptionList>
        <DescriptionList>
          <Description term={t("fact.system")}>
            <TextLink href={`/systems/${vm.systemId}`}>{vm.systemName}</TextLink>
          </Description>
          <Description term={t("fact.service")}>
            <TextLink href={`/services/${vm.serviceId}`}>{vm.serviceName}</TextLink>
          </Description>
          <Description term={t("fact.template")}>
            {vm.templateName ?? faint(t(vm.origin === "request" ? "fact.removed" : "fact.notFromTemplate"))}{" "}
            {vm.templateVersion !== null && (
              <span className="text-ink-faint">{t("fact.version", { version: vm.templateVersion })}</span>
            )}
          </Description>
          <Description term={t("fact.size")}>
            {vm.sizeName}{" "}
            <span className="text-ink-faint">
              {t(vm.diskGb === 0 ? "size" : "sizeWithDisk", {
                cpu: vm.cpuCores,
                memory: vm.memoryGi,
                disk: vm.diskGb,
              })}
            </span>
          </Description>
          <Description term={t("fact.storageClass")}>
            {vm.storageClass ?? (vm.origin === "request" ? t("fact.defaultClass") : faint("–"))}
          </Description>
          <Description term={t(`fact.by.${vm.origin}`)}>
            {vm.ticketId === null ? (
              (vm.createdByName ?? faint("–"))
            ) : (
              <TextLink href={`/requests/${vm.ticketId}`}>{vm.createdByName ?? "–"}</TextLink>
            )}
          </Description>
          <Description term={t(`fact.since.${vm.origin}`)}>
            <TimeAgo at={vm.createdAt} />
          </Description>
        </DescriptionList>
      </div>
    </Card>
  );
}

function copyableOr(value: string | null, absent: string): ReactNode {
  return value === null ? faint(absent) : <Copyable text={value} />;
}

function faint(text: string): ReactNode {
  return <span className="text-ink-faint">{text}</span>;
}

function guestOf(vm: VmDetail): string | null {
  const { name, version } = vm.osInfo ?? {};
  if (typeof name !== "string") return null;
  return typeof version === "string" && !name.includes(version) ? `${name} ${version}` : name;
}
