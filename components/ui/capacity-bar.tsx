import type { ReactNode } from "react";
import { cn } from "./class-names";

type CapacityBarProps = {
  label: ReactNode;
  /** In one unit: what is in use, what this would add, what all that wait would add, and the whole. */
  used: number;
  added?: number | undefined;
  pending?: number | undefined;
  total: number;
  /** Written out with its unit, such as "42 of 64 cores". */
  summary: string;
  className?: string | undefined;
};

/** Full, dense and hatched parts tell used, added and pending apart without colour. */
export function CapacityBar({
  label,
  used,
  added = 0,
  pending = 0,
  total,
  summary,
  className,
}: CapacityBarProps) {
  const over = used + added + pending > total;
  const scale = Math.max(total, used + added + pending, 1);
  const width = (amount: number) => ({ width: `${(amount / scale) * 100}%` });
  return (
    <div className={cn("grid min-w-0 gap-1 text-xs", className)}>
      <div className="flex flex-wrap justify-between gap-x-3">
        <span className="font-medium">{label}</span>
        <span className={cn("tabular-nums", over ? "font-medium text-danger" : "text-ink-muted")}>
          {summary}
        </span>
      </div>
      <div
        role="img"
        aria-label={summary}
        className="relative flex h-2 gap-px overflow-hidden rounded-full bg-hover"
      >
        <span className={cn("h-full", over ? "bg-danger-solid" : "bg-neutral-solid")} style={width(used)} />
        {added > 0 && <span className="h-full bg-accent" style={width(added)} />}
        {pending > 0 && (
          <span className={cn("h-full", over ? hatch.danger : hatch.accent)} style={width(pending)} />
        )}
      </div>
    </div>
  );
}

const hatch = {
  accent: "bg-[repeating-linear-gradient(115deg,var(--accent)_0_2px,transparent_2px_5px)]",
  danger: "bg-[repeating-linear-gradient(115deg,var(--danger-solid)_0_2px,transparent_2px_5px)]",
};
