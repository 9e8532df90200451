"use client";

import { useLocale } from "next-intl";
import { useSyncExternalStore } from "react";

export type TimeStyle = "full" | "short" | "date";

const styles: Record<TimeStyle, Intl.DateTimeFormatOptions> = {
  full: { dateStyle: "medium", timeStyle: "long" },
  short: { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" },
  date: { dateStyle: "medium" },
};

/** In the reader's time zone; the server, which does not know it, writes UTC. */
export function useExactTime(at: Date, style: TimeStyle = "full") {
  const locale = useLocale();
  const zone = useSyncExternalStore(neverChanges, browserZone, () => "UTC");
  return new Intl.DateTimeFormat(locale, { ...styles[style], timeZone: zone }).format(at);
}

function neverChanges() {
  return () => undefined;
}

function browserZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
