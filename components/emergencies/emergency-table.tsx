import { useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { EmergencyRow } from "@/lib/requests/emergencies/schema";
import { EmergencyState } from "./emergency-state";

export function EmergencyTable({ emergencies, now }: { emergencies: readonly EmergencyRow[]; now: Date }) {
  const t = useTranslations("emergencies");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("column.what")}</HeadCell>
        <HeadCell>{t("column.state")}</HeadCell>
        <HeadCell>{t("column.who")}</HeadCell>
        <HeadCell>{t("column.requests")}</HeadCell>
        <HeadCell>{t("column.began")}</HeadCell>
      </TableHead>
      <TableBody>
        {emergencies.map((emergency) => (
          <TableRow key={emergency.id}>
            <TableCell>
              <span className="inline-flex items-center gap-2">
                <RowLink href={`/emergencies/${emergency.id}`}>{emergency.systemName}</RowLink>
                <EnvironmentBadge name={emergency.environment} />
              </span>
            </TableCell>
            <TableCell label={t("column.state")}>
              <EmergencyState emergency={emergency} now={now} />
            </TableCell>
            <TableCell label={t("column.who")}>{emergency.personName}</TableCell>
            <TableCell label={t("column.requests")} className="tabular-nums">
              {emergency.requestCount}
            </TableCell>
            <TableCell label={t("column.began")} className="text-ink-muted">
              <TimeAgo at={emergency.startedAt} className="relative z-1" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
