import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { CapacityBar } from "@/components/ui/capacity-bar";
import { Copyable } from "@/components/ui/copyable";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { Tooltip } from "@/components/ui/tooltip";
import type { DiskRow } from "@/lib/vms/hardware/schema";
import { filesystemsOf, type Filesystem } from "./disk-use";
import { GrowDisk } from "./grow-disk";
import { useBytes } from "./use-bytes";

type DiskTableProps = {
  vmId: string;
  disks: readonly DiskRow[];
  /** Null where no agent tells. */
  filesystems: readonly Filesystem[] | null;
  /** Whether the person may change the machine, and the machine is in a state for it. */
  growth: { isPermitted: boolean; isFitting: boolean };
};

export function DiskTable({ vmId, disks, filesystems, growth }: DiskTableProps) {
  const t = useTranslations("vms.disks");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("column.name")}</HeadCell>
        <HeadCell>{t("column.size")}</HeadCell>
        <HeadCell>{t("column.used")}</HeadCell>
        <HeadCell>{t("column.bus")}</HeadCell>
        <HeadCell>{t("column.storage")}</HeadCell>
        <HeadCell>{t("column.snapshot")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("column.actions")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {disks.map((disk) => (
          <TableRow key={disk.name}>
            <TableCell className="py-2">
              <DiskName disk={disk} />
            </TableCell>
            <TableCell label={t("column.size")}>
              <DiskSize disk={disk} />
            </TableCell>
            <TableCell label={t("column.used")}>
              <DiskUse disk={disk} filesystems={filesystems} />
            </TableCell>
            <TableCell label={t("column.bus")}>
              <DiskBus disk={disk} />
            </TableCell>
            <TableCell label={t("column.storage")} className="py-2 sm:whitespace-normal">
              <DiskStorage disk={disk} />
            </TableCell>
            <TableCell label={t("column.snapshot")}>
              <DiskSnapshot disk={disk} />
            </TableCell>
            <TableCell>
              {disk.claim !== null && <GrowDisk vmId={vmId} disk={disk} growth={growth} />}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function DiskName({ disk }: { disk: DiskRow }) {
  const t = useTranslations("vms.disks");
  return (
    <div className="grid min-w-0 gap-0.5">
      <span className="flex flex-wrap items-center gap-1.5">
        <span className="font-mono text-[0.92em] font-medium">{disk.name}</span>
        {disk.isRoot && <Badge tone="info">{t("root")}</Badge>}
        {disk.isHotplugged && <Badge>{t("hotplugged")}</Badge>}
        {disk.isReadOnly && <Badge>{t("readOnly")}</Badge>}
      </span>
      <span className="text-xs text-ink-muted">{t(`kind.${disk.kind}`)}</span>
      {disk.claim?.name && <Copyable text={disk.claim.name} className="text-xs text-ink-muted" />}
      {disk.image !== null && <Copyable text={disk.image} className="max-w-56 text-xs text-ink-muted" />}
      {disk.phase !== null && disk.phase !== "Ready" && (
        <span className="max-w-72 text-xs whitespace-normal text-warning">
          {disk.phase}
          {disk.message !== null && `: ${disk.message}`}
        </span>
      )}
    </div>
  );
}

function DiskSize({ disk: { claim, sizeBytes } }: { disk: DiskRow }) {
  const t = useTranslations("vms.disks");
  const bytes = useBytes();
  if (claim === null) return sizeBytes === null ? <Unknown /> : <>{bytes(sizeBytes)}</>;
  const isGrowing = claim.capacityGb !== null && claim.capacityGb < claim.requestedGb;
  return (
    <div className="grid gap-0.5">
      <span className="tabular-nums">{t("gib", { size: claim.capacityGb ?? claim.requestedGb })}</span>
      {isGrowing && <span className="text-xs text-warning">{t("growing", { size: claim.requestedGb })}</span>}
    </div>
  );
}

function DiskUse({ disk, filesystems }: { disk: DiskRow; filesystems: readonly Filesystem[] | null }) {
  const t = useTranslations("vms.disks");
  const bytes = useBytes();
  const own = filesystemsOf(disk, filesystems ?? []);
  if (own.length === 0) return <Unknown />;
  return (
    <div className="grid min-w-32 gap-1.5">
      {own.map(({ mountPoint, usedBytes, totalBytes }) => (
        <CapacityBar
          key={mountPoint}
          label={<span className="font-mono">{mountPoint}</span>}
          used={usedBytes}
          total={totalBytes}
          summary={t("usedOf", { used: bytes(usedBytes), total: bytes(totalBytes) })}
        />
      ))}
    </div>
  );
}

function DiskBus({ disk }: { disk: DiskRow }) {
  const t = useTranslations("vms.disks");
  return (
    <span className="text-ink-muted">
      {[
        disk.bus,
        disk.device === "disk" ? null : t(`device.${disk.device}`),
        disk.target,
        disk.bootOrder === null ? null : t("bootOrder", { order: disk.bootOrder }),
      ]
        .filter((part) => part !== null)
        .join(" · ") || "–"}
    </span>
  );
}

function DiskStorage({ disk: { claim } }: { disk: DiskRow }) {
  const t = useTranslations("vms.disks");
  if (claim === null) return <Unknown />;
  const modes = claim.accessModes.map((mode) => (t.has(`access.${mode}`) ? t(`access.${mode}`) : mode));
  const mode = claim.volumeMode;
  const facts = [...modes, mode === null ? null : t.has(`mode.${mode}`) ? t(`mode.${mode}`) : mode];
  return (
    <div className="grid min-w-0 gap-0.5">
      <span className="break-words">{claim.storageClass ?? t("noClass")}</span>
      <span className="text-xs break-words text-ink-muted">
        {facts.filter((fact) => fact !== null).join(" · ")}
      </span>
    </div>
  );
}

function DiskSnapshot({ disk: { snapshot, claim } }: { disk: DiskRow }) {
  const t = useTranslations("vms.disks");
  if (snapshot === null || claim === null) return <Unknown />;
  if (snapshot.isAble) return <Badge tone="success">{t("snapshot.able")}</Badge>;
  return (
    <Tooltip text={snapshot.reason ?? t("snapshot.noReason")}>
      <span tabIndex={0} className="rounded-sm">
        <Badge tone="warning">{t("snapshot.unable")}</Badge>
      </span>
    </Tooltip>
  );
}

function Unknown(): ReactNode {
  return <span className="text-ink-faint">–</span>;
}
