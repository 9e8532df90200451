"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";

const soonSeconds = 300;

/** How long the approval still lasts; the console process cuts at its end, whatever this clock says. */
export function GrantCountdown({ endsAt }: { endsAt: Date | string }) {
  const t = useTranslations("console.grant");
  const seconds = useSecondsUntil(new Date(endsAt).getTime());
  if (seconds === null) return null;
  const time = asClock(seconds);
  const isSoon = seconds < soonSeconds;
  return (
    <>
      <span
        role="timer"
        aria-label={t("leftLabel", { time })}
        className={cn(
          "inline-flex items-center gap-1 text-xs tabular-nums",
          isSoon ? "font-medium text-warning" : "text-ink-muted",
        )}
      >
        <Icon name="clock" className="size-3.5" />
        {t("left", { time })}
      </span>
      <span role="status" className="sr-only">
        {isSoon && t("endsSoon")}
      </span>
    </>
  );
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
