"use client";

import { useFormatter, useTranslations } from "next-intl";
import { cn } from "./class-names";
import { Tooltip } from "./tooltip";
import { useClock } from "./use-clock";
import { useExactTime } from "./use-exact-time";

type TimeAgoProps = { at: Date | string; className?: string | undefined };

const secondsUntilCounted = 20;

/** Relative, and exact on hover or focus. */
export function TimeAgo({ at, className }: TimeAgoProps) {
  const moment = new Date(at);
  const text = useRelativeTime(moment);
  const exact = useExactTime(moment);
  return (
    <Tooltip text={exact}>
      <time
        dateTime={moment.toISOString()}
        tabIndex={0}
        className={cn(
          "rounded-xs whitespace-nowrap tabular-nums decoration-dotted underline-offset-3 hover:underline",
          className,
        )}
      >
        {text}
      </time>
    </Tooltip>
  );
}

function useRelativeTime(moment: Date) {
  const t = useTranslations("ui");
  const format = useFormatter();
  const now = useClock();
  const distance = Math.abs(now.getTime() - moment.getTime()) / 1000;
  return distance < secondsUntilCounted ? t("time.now") : format.relativeTime(moment, now);
}
