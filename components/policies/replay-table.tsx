import { useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ReplayRow } from "@/lib/requests/replays/schema";
import { ReplayChanges } from "./replay-words";

/** Earlier replays, newest first. */
export function ReplayTable({ replays }: { replays: readonly ReplayRow[] }) {
  const t = useTranslations("policies.replays");
  return (
    <Table caption={t("earlier")}>
      <TableHead>
        <HeadCell>{t("when")}</HeadCell>
        <HeadCell className="w-1/2">{t("changes")}</HeadCell>
        <HeadCell>{t("span")}</HeadCell>
        <HeadCell className="sm:text-right">{t("requests")}</HeadCell>
        <HeadCell className="sm:text-right">{t("differing")}</HeadCell>
        <HeadCell>{t("by")}</HeadCell>
      </TableHead>
      <TableBody>
        {replays.map((replay) => (
          <TableRow key={replay.id}>
            <TableCell>
              <RowLink href={`/admin/policies/replays/${replay.id}`}>
                <TimeAgo at={replay.createdAt} />
              </RowLink>
            </TableCell>
            <TableCell label={t("changes")} className="sm:whitespace-normal">
              <ReplayChanges changes={replay.changes} />
            </TableCell>
            <TableCell label={t("span")}>{t("daysOption", { days: replay.days })}</TableCell>
            <TableCell label={t("requests")} numeric>
              {replay.total}
            </TableCell>
            <TableCell label={t("differing")} numeric>
              <DifferingCount replay={replay} />
            </TableCell>
            <TableCell label={t("by")}>{replay.createdByName}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function DifferingCount({ replay: { state, done, total, differing } }: { replay: ReplayRow }) {
  if (state === "done") return differing;
  return <StatusBadge tone="info" icon="progress" label={`${done} / ${total}`} look="plain" />;
}
