import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { Copyable } from "@/components/ui/copyable";
import { TableCell } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { VmStatus } from "@/components/vms/vm-status";
import { assertNever } from "@/lib/core/errors";
import type { ListColumn } from "@/lib/vms/list/columns/rules";
import type { VmListRow } from "@/lib/vms/list/schema";

type VmCellProps = { column: ListColumn; vm: VmListRow; className?: string | undefined };

const numeric: readonly ListColumn[] = ["cpu", "memory", "disk"];

/** One machine's value in one column. */
export function VmCell({ column, vm, className }: VmCellProps) {
  const t = useTranslations("vmlist");
  return (
    <TableCell label={t(`column.${column}`)} numeric={numeric.includes(column)} className={className}>
      <Value column={column} vm={vm} />
    </TableCell>
  );
}

function Value({ column, vm }: { column: ListColumn; vm: VmListRow }): ReactNode {
  const t = useTranslations("vmlist");
  switch (column) {
    case "status":
      return <VmStatus status={vm.status} look="plain" />;
    case "service":
      return <Place system={vm.systemName} service={vm.serviceName} />;
    case "place":
      return (
        <span className="inline-flex items-center gap-2">
          <span className="font-mono text-xs">{vm.namespace}</span>
          <EnvironmentBadge name={vm.environment} />
        </span>
      );
    case "cluster":
      return <span className="font-mono text-xs">{vm.clusterName}</span>;
    case "size":
      return <Muted>{t("size", { cpu: vm.cpuCores, memory: vm.memoryGi })}</Muted>;
    case "cpu":
      return vm.cpuCores;
    case "memory":
      return t("gib", { count: vm.memoryGi });
    case "disk":
      return t("gb", { count: vm.diskGb });
    case "ip":
      return vm.ip === null ? <Nothing /> : <Copyable text={vm.ip} className="relative z-1" />;
    case "template":
      return vm.templateName === null ? <Nothing /> : <Muted>{vm.templateName}</Muted>;
    case "owner":
      return vm.ownerName === null ? <Nothing /> : <Muted>{vm.ownerName}</Muted>;
    case "since":
      return <When at={vm.statusSince} />;
    case "expires":
      return vm.expiresAt === null ? <Nothing /> : <When at={vm.expiresAt} />;
    case "created":
      return <When at={vm.createdAt} />;
    default:
      return assertNever(column);
  }
}

function Place({ system, service }: { system: string; service: string }) {
  return (
    <span>
      <span className="text-ink-muted">{system}</span>
      <span className="text-ink-faint"> / </span>
      {service}
    </span>
  );
}

function Muted({ children }: { children: ReactNode }) {
  return <span className="text-ink-muted">{children}</span>;
}

function When({ at }: { at: Date }) {
  return (
    <Muted>
      <TimeAgo at={at} className="relative z-1" />
    </Muted>
  );
}

function Nothing() {
  return <span className="text-ink-faint">–</span>;
}
