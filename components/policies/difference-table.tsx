import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ReplayDifference } from "@/lib/requests/replays/schema";
import { DecisionWord } from "./decision-change";
import { RequestCell } from "./request-cell";

/** The requests that would have been answered otherwise: for whom, by which rule today, by which with the change. */
export function DifferenceTable({ rows }: { rows: readonly ReplayDifference[] }) {
  const t = useTranslations("policies.replays");
  return (
    <Table caption={t("differences")}>
      <TableHead>
        <HeadCell className="w-1/4">{t("request")}</HeadCell>
        <HeadCell>{t("requester")}</HeadCell>
        <HeadCell>{t("now")}</HeadCell>
        <HeadCell>{t("then")}</HeadCell>
        <HeadCell>{t("asked")}</HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <DifferenceRow key={row.ticketId} row={row} />
        ))}
      </TableBody>
    </Table>
  );
}

function DifferenceRow({ row }: { row: ReplayDifference }) {
  const t = useTranslations("policies");
  return (
    <TableRow>
      <TableCell className="py-2 sm:whitespace-normal">
        <RequestCell {...row} />
      </TableCell>
      <TableCell label={t("replays.requester")}>
        <span className="inline-flex flex-wrap items-center gap-1.5">
          {row.requesterName}
          {row.rolesUncertain && <Badge tone="warning">{t("replays.rolesMark")}</Badge>}
        </span>
      </TableCell>
      <TableCell label={t("replays.now")} className="sm:whitespace-normal">
        <span className="grid gap-0.5">
          <DecisionWord effect={row.nowEffect} rule={row.nowPolicy} steps={row.nowWorkflow} />
          {row.recordedEffect !== null && row.recordedEffect !== row.nowEffect && (
            <span className="text-xs text-ink-faint">
              {t("replays.recorded", { effect: t(`effect.${row.recordedEffect}`) })}
            </span>
          )}
        </span>
      </TableCell>
      <TableCell label={t("replays.then")} className="sm:whitespace-normal">
        <DecisionWord effect={row.thenEffect} rule={row.thenPolicy} steps={row.thenWorkflow} />
      </TableCell>
      <TableCell label={t("replays.asked")} className="relative z-1 text-ink-muted">
        <TimeAgo at={row.askedAt} />
      </TableCell>
    </TableRow>
  );
}
