import type { ReactNode } from "react";
import { cn } from "./class-names";

export function Kbd({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <kbd
      className={cn(
        "inline-grid h-5 min-w-5 place-items-center rounded-sm border border-line bg-sunken px-1 font-sans text-2xs text-ink-muted",
        className,
      )}
    >
      {children}
    </kbd>
  );
}
