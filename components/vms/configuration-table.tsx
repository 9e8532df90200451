import { RotateCw, Zap } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useSettingWords } from "@/components/modification/use-setting-words";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ConfigurationRow } from "@/lib/requests/configuration/schema";

/** Every setting in one row: asked for, approved, as it is, and what is on its way. */
export function ConfigurationTable({ rows }: { rows: readonly ConfigurationRow[] }) {
  const t = useTranslations("vms.configuration");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("column.setting")}</HeadCell>
        <HeadCell>{t("column.asked")}</HeadCell>
        <HeadCell>{t("column.approved")}</HeadCell>
        <HeadCell>{t("column.live")}</HeadCell>
        <HeadCell>{t("column.pending")}</HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <SettingRow key={row.path} row={row} />
        ))}
      </TableBody>
    </Table>
  );
}

function SettingRow({ row }: { row: ConfigurationRow }) {
  const t = useTranslations("vms.configuration");
  const { nameOf, valueOf } = useSettingWords();
  const { path } = row;
  return (
    <TableRow>
      <TableCell className="font-medium sm:whitespace-normal">
        <span title={path} className="break-words">
          {nameOf(path)}
        </span>
      </TableCell>
      <ValueCell label={t("column.asked")} faint={!row.isAsked}>
        {row.isAsked ? valueOf(path, row.asked) : "–"}
      </ValueCell>
      <ValueCell label={t("column.approved")}>{valueOf(path, row.approved)}</ValueCell>
      <ValueCell label={t("column.live")} faint={!row.isRead} badge={<EffectBadge row={row} />}>
        {row.isRead ? valueOf(path, row.live) : "–"}
      </ValueCell>
      <TableCell label={t("column.pending")} className="sm:whitespace-normal">
        <Pending row={row} />
      </TableCell>
    </TableRow>
  );
}

function EffectBadge({ row }: { row: ConfigurationRow }) {
  const t = useTranslations("vms.configuration");
  if (row.effect === "needs_restart")
    return (
      <Badge tone="warning">
        <RotateCw aria-hidden className="size-3" />
        {t("needsRestart")}
      </Badge>
    );
  if (row.isDrifted) return <Badge tone="warning">{t("drifted")}</Badge>;
  if (row.effect === null) return null;
  return (
    <Badge tone="success">
      <Zap aria-hidden className="size-3" />
      {t("appliedLive")}
    </Badge>
  );
}

function Pending({ row: { path, pending } }: { row: ConfigurationRow }) {
  const t = useTranslations("vms.configuration");
  const { valueOf } = useSettingWords();
  if (pending === null) return <span className="text-ink-faint">–</span>;
  const { heldUntil } = pending;
  return (
    <span className="grid gap-0.5">
      <span className="font-medium break-words">{valueOf(path, pending.value)}</span>
      <span className="text-xs text-ink-muted">
        <TextLink href={`/requests/${pending.ticketId}`}>
          {t(`pending.${heldUntil === null && pending.state === "held" ? "running" : pending.state}`)}
        </TextLink>{" "}
        {heldUntil !== null && pending.state === "held" && <TimeAgo at={heldUntil} />}
      </span>
    </span>
  );
}

type ValueCellProps = { label: string; badge?: ReactNode; faint?: boolean; children: ReactNode };

function ValueCell({ label, badge, faint = false, children }: ValueCellProps) {
  return (
    <TableCell label={label} className="sm:whitespace-normal">
      <span className="inline-flex min-w-0 flex-wrap items-center gap-2">
        <span className={cn("min-w-0 break-words", faint && "text-ink-faint")}>{children}</span>
        {badge}
      </span>
    </TableCell>
  );
}
