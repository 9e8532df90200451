"use client";

import { Clock } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout } from "./callout";
import { useClock } from "./use-clock";

type StaleBannerProps = {
  /** When what is on the page was last known to be true. */
  asOf: Date | string;
  /** Why it is old, when known. */
  children?: ReactNode;
  staleAfterSeconds?: number | undefined;
  className?: string | undefined;
};

/** Appears by itself once the page shows old facts. */
export function StaleBanner({ asOf, children, staleAfterSeconds = 90, className }: StaleBannerProps) {
  const t = useTranslations("ui");
  const format = useFormatter();
  const now = useClock();
  const moment = new Date(asOf);
  if (now.getTime() - moment.getTime() <= staleAfterSeconds * 1000) return null;
  return (
    <Callout
      tone="warning"
      icon={<Clock aria-hidden strokeWidth={1.75} />}
      role="status"
      title={t("stale.title", { age: format.relativeTime(moment, now) })}
      className={className}
    >
      {children ?? t("stale.explanation")}
    </Callout>
  );
}
