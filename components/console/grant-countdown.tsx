"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { ExactTime } from "@/components/ui/exact-time";
import { Icon } from "@/components/ui/icon";
import type { GrantCover } from "@/lib/console/rules";

const soonSeconds = 300;
const lastSeconds = 60;

interface GrantCountdownProps {
  endsAt: Date | string;
  covers: readonly GrantCover[];
}

/** How long the approval still lasts; the console process cuts at its end, whatever this clock says. */
export function GrantCountdown({ endsAt, covers }: GrantCountdownProps) {
  const t = useTranslations("console.grant");
  const seconds = useSecondsUntil(new Date(endsAt).getTime());
  if (seconds === null) return null;
  const time = asClock(seconds);
  const urgency = urgencyOf(seconds);
  return (
    <>
      <span
        role="timer"
        aria-label={t("leftLabel", { time })}
        className={cn("inline-flex items-center gap-1 text-xs tabular-nums", looks[urgency])}
      >
        <Icon name="clock" className="size-3.5" />
        {t("left", { time })}
      </span>
      {covers.includes("restart") && (
        <span className="text-xs text-ink-muted">
          {t.rich("coversRestart", { time: () => <ExactTime at={endsAt} style="short" /> })}
        </span>
      )}
      <span role="status" className="sr-only">
        {urgency === "soon" && t("endsSoon")}
        {urgency === "last" && t("endsNow")}
      </span>
    </>
  );
}

const looks = {
  later: "text-ink-muted",
  soon: "font-medium text-warning",
  last: "font-semibold text-danger",
};

export function urgencyOf(seconds: number): keyof typeof looks {
  if (seconds <= lastSeconds) return "last";
  return seconds <= soonSeconds ? "soon" : "later";
}

/** Null until the first tick, so that server and browser draw the same. */
function useSecondsUntil(moment: number): number | null {
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setSeconds(Math.max(0, Math.round((moment - Date.now()) / 1000)));
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [moment]);
  return seconds;
}

function asClock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}
