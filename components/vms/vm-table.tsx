import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { Copyable } from "@/components/ui/copyable";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { VmRow } from "@/lib/vms/schema";
import { VmStatus } from "./vm-status";

type VmTableProps = {
  vms: readonly VmRow[];
  withService?: boolean | undefined;
  /** What a row is chosen with, and all of them. */
  choose?: { all: ReactNode; of: (vm: VmRow) => ReactNode } | undefined;
};

export function VmTable({ vms, withService = true, choose }: VmTableProps) {
  const t = useTranslations("vms");
  return (
    <Table caption={t("list.title")}>
      <TableHead>
        {choose && <HeadCell className="w-8">{choose.all}</HeadCell>}
        <HeadCell>{t("column.name")}</HeadCell>
        <HeadCell>{t("column.status")}</HeadCell>
        {withService && <HeadCell>{t("column.service")}</HeadCell>}
        <HeadCell>{t("column.place")}</HeadCell>
        <HeadCell>{t("column.size")}</HeadCell>
        <HeadCell>{t("column.ip")}</HeadCell>
        <HeadCell>{t("column.age")}</HeadCell>
      </TableHead>
      <TableBody>
        {vms.map((vm) => (
          <VmTableRow key={vm.id} vm={vm} withService={withService} choice={choose?.of(vm)} />
        ))}
      </TableBody>
    </Table>
  );
}

type VmTableRowProps = { vm: VmRow; withService: boolean; choice: ReactNode };

function VmTableRow({ vm, withService, choice }: VmTableRowProps) {
  const t = useTranslations("vms");
  return (
    <TableRow>
      {choice && <TableCell>{choice}</TableCell>}
      <TableCell>
        <RowLink href={`/vms/${vm.id}`} className="font-mono text-[0.92em]">
          {vm.name}
        </RowLink>
      </TableCell>
      <TableCell label={t("column.status")}>
        <VmStatus status={vm.status} look="plain" />
      </TableCell>
      {withService && (
        <TableCell label={t("column.service")}>
          <span>
            <span className="text-ink-muted">{vm.systemName}</span>
            <span className="text-ink-faint"> / </span>
            {vm.serviceName}
          </span>
        </TableCell>
      )}
      <TableCell label={t("column.place")}>
        <span className="inline-flex items-center gap-2">
          <span className="font-mono text-xs">{vm.namespace}</span>
          <EnvironmentBadge name={vm.environment} />
        </span>
      </TableCell>
      <TableCell label={t("column.size")} className="whitespace-nowrap text-ink-muted">
        {t("size", { cpu: vm.cpuCores, memory: vm.memoryGi })}
      </TableCell>
      <TableCell label={t("column.ip")}>
        {vm.ip === null ? (
          <span className="text-ink-faint">–</span>
        ) : (
          <Copyable text={vm.ip} className="relative z-1" />
        )}
      </TableCell>
      <TableCell label={t("column.age")} className="text-ink-muted">
        <TimeAgo at={vm.createdAt} className="relative z-1" />
      </TableCell>
    </TableRow>
  );
}
