import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "./link";
import type { ReactNode } from "react";
import { buttonStyles } from "./button-styles";

type PaginationProps = {
  /** Absent on the first page. */
  previousHref?: string | undefined;
  /** Absent on the last page. */
  nextHref?: string | undefined;
  /** Such as "50 on this page". */
  summary?: ReactNode;
};

export function Pagination({ previousHref, nextHref, summary }: PaginationProps) {
  const t = useTranslations("ui");
  if (!previousHref && !nextHref && !summary) return null;
  return (
    <nav
      aria-label={t("pages.label")}
      className="flex items-center justify-between gap-3 text-xs text-ink-muted"
    >
      <span className="tabular-nums">{summary}</span>
      {(previousHref || nextHref) && (
        <span className="flex gap-2">
          <Turn href={previousHref} rel="prev">
            <ChevronLeft aria-hidden />
            {t("pages.previous")}
          </Turn>
          <Turn href={nextHref} rel="next">
            {t("pages.next")}
            <ChevronRight aria-hidden />
          </Turn>
        </span>
      )}
    </nav>
  );
}

function Turn({
  href,
  rel,
  children,
}: {
  href: string | undefined;
  rel: "prev" | "next";
  children: ReactNode;
}) {
  const style = buttonStyles({ size: "sm" });
  if (!href) {
    return (
      <span aria-disabled className={style}>
        {children}
      </span>
    );
  }
  return (
    <Link href={href} rel={rel} className={style}>
      {children}
    </Link>
  );
}
