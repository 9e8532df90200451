import { useFormatter, useTranslations } from "next-intl";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { LinkButton } from "@/components/ui/link-button";
import type { Month } from "./month";

/** The month shown, and the ways to others; each has its own address. */
export function MonthLinks({ month, environment }: { month: Month; environment: string | undefined }) {
  const t = useTranslations("calendar");
  const { dateTime } = useFormatter();
  const hrefOf = (name?: string) => {
    const query = new URLSearchParams({
      ...(name === undefined ? {} : { month: name }),
      ...(environment === undefined ? {} : { environment }),
    });
    return query.size === 0 ? "/calendar" : `/calendar?${query.toString()}`;
  };
  return (
    <nav aria-label={t("title")} className="flex items-center gap-2">
      <LinkButton href={hrefOf(month.previous)} aria-label={t("previous")} scroll={false}>
        <ChevronLeft aria-hidden />
      </LinkButton>
      <LinkButton href={hrefOf(month.next)} aria-label={t("next")} scroll={false}>
        <ChevronRight aria-hidden />
      </LinkButton>
      <LinkButton href={hrefOf()} variant="ghost" scroll={false}>
        {t("today")}
      </LinkButton>
      <h2 className="text-base font-semibold">
        {dateTime(month.first, { year: "numeric", month: "long", timeZone: "UTC" })}
      </h2>
    </nav>
  );
}
