import { ChevronLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "./link";
import { cn } from "./class-names";

export type Crumb = { label: string; href?: string | undefined };

/** The last crumb is the page itself. On phones only the way back one level is shown. */
export function Breadcrumbs({
  crumbs,
  className,
}: {
  crumbs: readonly Crumb[];
  className?: string | undefined;
}) {
  const t = useTranslations("ui");
  return (
    <nav aria-label={t("breadcrumbs.label")} className={cn("min-w-0 text-sm", className)}>
      <ol className="flex min-w-0 items-center">
        {crumbs.map((crumb, index) => (
          <li
            key={`${index}-${crumb.label}`}
            className={cn(
              "flex min-w-0 items-center",
              hiddenOnPhones(index, crumbs.length) && "max-sm:hidden",
              index < crumbs.length - 1 && "shrink-0",
            )}
          >
            {index > 0 && (
              <span aria-hidden className="mx-1.5 text-ink-faint max-sm:hidden">
                /
              </span>
            )}
            {index === crumbs.length - 2 && (
              <ChevronLeft aria-hidden className="mr-1 size-4 text-ink-faint sm:hidden" />
            )}
            <CrumbText crumb={crumb} last={index === crumbs.length - 1} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function hiddenOnPhones(index: number, count: number) {
  return count > 1 && index !== count - 2;
}

function CrumbText({ crumb, last }: { crumb: Crumb; last: boolean }) {
  if (last || !crumb.href) {
    return (
      <span
        aria-current={last ? "page" : undefined}
        className={cn("truncate", last ? "font-medium text-ink" : "text-ink-muted")}
      >
        {crumb.label}
      </span>
    );
  }
  return (
    <Link href={crumb.href} className="truncate rounded-xs text-ink-muted hover:text-ink">
      {crumb.label}
    </Link>
  );
}
