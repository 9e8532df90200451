import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/link-button";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { CohortRow } from "@/lib/identity/providers/mapping/schema";
import { stepHref } from "./provider-steps";

type CohortTableProps = { providerId: string; cohorts: readonly CohortRow[] };

export function CohortTable({ providerId, cohorts }: CohortTableProps) {
  const t = useTranslations("providers.values");
  if (cohorts.length === 0) return <p className="text-sm text-ink-muted">{t("nothingFound")}</p>;
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-full">{t("value")}</HeadCell>
        <HeadCell>{t("kind")}</HeadCell>
        <HeadCell className="sm:text-right">{t("people")}</HeadCell>
        <HeadCell className="sm:text-right">{t("mappings")}</HeadCell>
        <HeadCell>{t("seen")}</HeadCell>
        <HeadCell aria-label={t("map")} />
      </TableHead>
      <TableBody>
        {cohorts.map((cohort) => (
          <CohortTableRow key={cohort.id} providerId={providerId} cohort={cohort} />
        ))}
      </TableBody>
    </Table>
  );
}

function CohortTableRow({ providerId, cohort }: { providerId: string; cohort: CohortRow }) {
  const t = useTranslations("providers");
  const href = `${stepHref(providerId, "mapping")}?cohort=${encodeURIComponent(cohort.key)}`;
  return (
    <TableRow>
      <TableCell className="max-w-0 py-1.5 max-sm:max-w-none">
        <span className="grid min-w-0">
          <span className="block truncate font-medium">{cohort.displayName}</span>
          {cohort.key !== cohort.displayName && (
            <span className="block truncate font-mono text-xs text-ink-faint">{cohort.key}</span>
          )}
        </span>
      </TableCell>
      <TableCell label={t("values.kind")}>
        <Badge>{t(`values.kinds.${cohort.kind}`)}</Badge>
      </TableCell>
      <TableCell label={t("values.people")} numeric>
        {cohort.peopleCount}
      </TableCell>
      <TableCell
        label={t("values.mappings")}
        numeric
        className={cohort.mappingCount === 0 ? "text-ink-faint" : ""}
      >
        {cohort.mappingCount}
      </TableCell>
      <TableCell label={t("values.seen")} className="text-ink-muted">
        <TimeAgo at={cohort.lastSyncedAt} />
      </TableCell>
      <TableCell className="py-1.5">
        <LinkButton size="sm" href={href}>
          {t("values.map")}
        </LinkButton>
      </TableCell>
    </TableRow>
  );
}
