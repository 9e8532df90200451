import { useFormatter, useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { RecordingRow } from "@/lib/console/recordings/schema";
import { clockText } from "./replay/replay-clock";
import { RecordingStatusBadge } from "./recording-status";

export function RecordingTable({ recordings }: { recordings: readonly RecordingRow[] }) {
  const t = useTranslations("recordings");
  const format = useFormatter();
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("column.vm")}</HeadCell>
        <HeadCell>{t("column.person")}</HeadCell>
        <HeadCell>{t("column.console")}</HeadCell>
        <HeadCell>{t("column.status")}</HeadCell>
        <HeadCell className="text-right">{t("column.duration")}</HeadCell>
        <HeadCell>{t("column.began")}</HeadCell>
        <HeadCell>{t("column.keptUntil")}</HeadCell>
      </TableHead>
      <TableBody>
        {recordings.map((recording) => (
          <TableRow key={recording.id}>
            <TableCell>
              <span className="inline-flex flex-wrap items-center gap-2">
                <RowLink href={`/recordings/${recording.id}`}>{recording.vmName}</RowLink>
                <EnvironmentBadge name={recording.environment} />
              </span>
            </TableCell>
            <TableCell label={t("column.person")}>{recording.userName}</TableCell>
            <TableCell label={t("column.console")}>{t(`console.${recording.consoleType}`)}</TableCell>
            <TableCell label={t("column.status")}>
              <RecordingStatusBadge status={recording.status} isPlain />
            </TableCell>
            <TableCell label={t("column.duration")} numeric>
              {recording.status === "recording" ? "–" : clockText(recording.durationMs)}
            </TableCell>
            <TableCell label={t("column.began")} className="text-ink-muted">
              <TimeAgo at={recording.startedAt} className="relative z-1" />
            </TableCell>
            <TableCell label={t("column.keptUntil")} className="text-ink-muted">
              {format.dateTime(recording.retainUntil, { dateStyle: "medium" })}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
