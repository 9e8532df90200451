"use client";

import { useExactTime, type TimeStyle } from "./use-exact-time";

type ExactTimeProps = { at: Date | string; style?: TimeStyle | undefined; className?: string | undefined };

export function ExactTime({ at, style = "full", className }: ExactTimeProps) {
  const moment = new Date(at);
  const text = useExactTime(moment, style);
  return (
    <time dateTime={moment.toISOString()} className={className}>
      {text}
    </time>
  );
}
