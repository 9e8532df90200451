"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { TimeAgo } from "@/components/ui/time-ago";
import { useClock } from "@/components/ui/use-clock";

const staleHours = 24;

/** When a part of what is known was last read; beyond a day it proves nothing any more. */
export function PartAge({ at }: { at: Date | undefined }) {
  const t = useTranslations("clusters.age");
  const now = useClock();
  if (at === undefined) return <Badge tone="warning">{t("never")}</Badge>;
  const isStale = now.getTime() - new Date(at).getTime() > staleHours * 3_600_000;
  return (
    <span className="inline-flex flex-wrap items-center gap-2 text-xs text-ink-muted">
      <span>{t.rich("read", { time: () => <TimeAgo at={at} /> })}</span>
      {isStale && <Badge tone="warning">{t("stale")}</Badge>}
    </span>
  );
}
