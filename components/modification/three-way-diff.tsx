import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Table, TableBody, TableCell, TableHead, HeadCell, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ThreeWay, ThreeWayRow } from "@/lib/requests/modification/schema";
import { useSettingWords } from "./use-setting-words";

/** What was asked, what was decided and what the cluster has, setting by setting; nothing for requests without any. */
export function ThreeWayDiff({ threeWay }: { threeWay: ThreeWay }) {
  const t = useTranslations("modification");
  const { rows, isPending, liveAt } = threeWay;
  if (rows.length === 0) return null;
  return (
    <Card
      flush
      title={t("threeWay.title")}
      footer={
        liveAt === null
          ? t("threeWay.noLive")
          : t.rich("threeWay.liveAt", { time: () => <TimeAgo at={liveAt} /> })
      }
    >
      <Table caption={t("threeWay.caption")}>
        <TableHead>
          <HeadCell>{t("threeWay.field")}</HeadCell>
          <HeadCell>{t("threeWay.asked")}</HeadCell>
          <HeadCell>{t(isPending ? "threeWay.pending" : "threeWay.changed")}</HeadCell>
          <HeadCell>{t("threeWay.live")}</HeadCell>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <SettingRow key={row.path} row={row} isPending={isPending} />
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function SettingRow({ row, isPending }: { row: ThreeWayRow; isPending: boolean }) {
  const t = useTranslations("modification");
  const { nameOf, valueOf } = useSettingWords();
  const differs = row.isDrifted && !isPending;
  return (
    <TableRow>
      <TableCell className="font-medium sm:whitespace-normal">
        <span title={row.path} className="break-words">
          {nameOf(row.path)}
        </span>
      </TableCell>
      <ValueCell label={t("threeWay.asked")}>{valueOf(row.path, row.asked)}</ValueCell>
      <ValueCell
        label={t(isPending ? "threeWay.pending" : "threeWay.changed")}
        badge={row.isChanged ? <Badge tone="info">{t("threeWay.isChanged")}</Badge> : null}
      >
        {valueOf(row.path, row.changed)}
      </ValueCell>
      <ValueCell
        label={t("threeWay.live")}
        faint={!row.isRead}
        badge={differs ? <Badge tone="warning">{t("threeWay.isDrifted")}</Badge> : null}
      >
        {row.isRead ? valueOf(row.path, row.live) : t("values.unread")}
      </ValueCell>
    </TableRow>
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
