import type { ReactNode } from "react";
import { cn } from "./class-names";
import { toneSoft, type Tone } from "./tones";

export type StatusFrameProps = {
  tone: Tone;
  drawing: ReactNode;
  label: string;
  /** "plain" has no box, for rows of a table. */
  look?: "boxed" | "plain" | undefined;
  className?: string | undefined;
};

/** A status around a drawing that the caller brings, so that a list does not load every drawing there is. */
export function StatusFrame({ tone, drawing, label, look = "boxed", className }: StatusFrameProps) {
  const box = look === "boxed" ? cn("h-5.5 rounded-md border px-1.5 text-xs", toneSoft[tone]) : "text-sm";
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap",
        box,
        className,
      )}
    >
      {drawing}
      <span className={look === "plain" ? "font-normal text-ink" : undefined}>{label}</span>
    </span>
  );
}
