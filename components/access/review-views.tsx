import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { cn } from "@/components/ui/class-names";
import type { AccessFilter } from "@/lib/access/reviews/schema";

interface ReviewViewsProps {
  path: string;
  filter: Pick<AccessFilter, "notReviewedDays" | "expiringDays" | "inactiveDays">;
  /** How many were neither given nor confirmed of late, "100+" where nobody counted on. */
  notReviewed: string;
}

const notReviewedDays = 90;
const expiringDays = 30;
const inactiveDays = 90;

/** The questions a reviewer asks most, each an address of its own. */
export function ReviewViews({ path, filter, notReviewed }: ReviewViewsProps) {
  const t = useTranslations("access.review");
  const views = [
    {
      query: `?notReviewedDays=${notReviewedDays}`,
      isOn: filter.notReviewedDays,
      label: t("viewNotReviewed"),
    },
    { query: `?expiringDays=${expiringDays}`, isOn: filter.expiringDays, label: t("viewExpiring") },
    { query: `?inactiveDays=${inactiveDays}`, isOn: filter.inactiveDays, label: t("viewInactive") },
  ].map((view) => ({ ...view, isOn: view.isOn !== undefined }));
  const all = { query: "", isOn: views.every(({ isOn }) => !isOn), label: t("viewAll") };
  return (
    <nav aria-label={t("views")} className="flex flex-wrap gap-1.5">
      {[all, ...views].map(({ query, isOn, label }) => (
        <Link
          key={query}
          href={path + query}
          scroll={false}
          aria-current={isOn ? "true" : undefined}
          className={cn(
            "inline-flex h-7 items-center gap-1.5 rounded-md border px-2.5 text-xs font-medium pointer-coarse:h-9",
            isOn
              ? "border-accent-ink bg-accent-soft text-accent-ink"
              : "bg-surface text-ink-muted hover:bg-hover hover:text-ink",
          )}
        >
          {label}
          {query === views[0]?.query && (
            <span className="rounded-sm bg-sunken px-1 text-2xs text-ink tabular-nums">{notReviewed}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
