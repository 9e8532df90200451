import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { accessKinds, type AccessFilter, type AccessRow } from "@/lib/access/reviews/schema";
import { AccessTable } from "./access-table";
import type { Decider } from "./decider";
import { ReviewViews } from "./review-views";

interface AccessReviewProps {
  path: string;
  filter: AccessFilter;
  rows: readonly AccessRow[];
  notReviewed: string;
  decider: Decider;
}

const sources = ["seed", "manual", "external_cohort", "creator", "transfer", "request", "emergency"] as const;
const viewNames = ["notReviewedDays", "expiringDays", "inactiveDays"];

/** The review of the whole platform, or of one system where the filter names it. */
export function AccessReview({ path, filter, rows, notReviewed, decider }: AccessReviewProps) {
  const t = useTranslations("access");
  return (
    <>
      <ReviewViews path={path} filter={filter} notReviewed={notReviewed} />
      <FilterBar
        search={{ name: "q", label: t("review.search") }}
        keep={viewNames}
        filters={[
          {
            name: "kind",
            label: t("review.kind"),
            options: accessKinds.map((kind) => ({
              value: kind,
              label: t(kind === "role" ? "review.kindRole" : "review.kindMember"),
            })),
          },
          {
            name: "source",
            label: t("review.source"),
            options: sources.map((source) => ({ value: source, label: t(`sourceName.${source}`) })),
          },
        ]}
      />
      {rows.length > 0 ? (
        <AccessTable rows={rows} systemId={filter.systemId} decider={decider} />
      ) : (
        <Card flush>
          <NothingToReview filter={filter} />
        </Card>
      )}
    </>
  );
}

function NothingToReview({ filter }: { filter: AccessFilter }) {
  const t = useTranslations("access.review");
  const { q, kind, source, notReviewedDays, expiringDays, inactiveDays } = filter;
  const narrowed = [q, kind, source, expiringDays, inactiveDays].some((value) => value !== undefined);
  if (narrowed) {
    return (
      <EmptyState icon="search" title={t("noMatch")}>
        {t("noMatchText")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={notReviewedDays === undefined ? "users" : "done"}
      title={t(notReviewedDays === undefined ? "empty" : "allDone")}
    >
      {t(notReviewedDays === undefined ? "emptyText" : "allDoneText")}
    </EmptyState>
  );
}
