import type { ReactNode } from "react";
import { cn } from "./class-names";

type KeyValueProps = { name: ReactNode; value: ReactNode; className?: string | undefined };

/** A label, a capability, a parameter: small, in one piece. */
export function KeyValue({ name, value, className }: KeyValueProps) {
  return (
    <span
      className={cn(
        "inline-flex h-5.5 max-w-full items-stretch overflow-hidden rounded-sm border text-xs",
        className,
      )}
    >
      <span className="shrink-0 border-r bg-sunken px-1.5 leading-5 text-ink-muted">{name}</span>
      <span className="min-w-0 truncate bg-surface px-1.5 font-mono text-2xs leading-5">{value}</span>
    </span>
  );
}
