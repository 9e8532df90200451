import type { ReactNode } from "react";
import { cn } from "./class-names";
import { toneSoft, type Tone } from "./tones";

type BadgeProps = { children: ReactNode; tone?: Tone | undefined; className?: string | undefined };

export function Badge({ children, tone = "neutral", className }: BadgeProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5 items-center gap-1 rounded-sm border px-1.5 text-2xs font-medium whitespace-nowrap",
        toneSoft[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
