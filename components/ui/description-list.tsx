import type { ReactNode } from "react";
import { cn } from "./class-names";

export function DescriptionList({
  children,
  className,
}: {
  children: ReactNode;
  className?: string | undefined;
}) {
  return <dl className={cn("grid min-w-0 gap-y-2 text-sm sm:gap-y-1.5", className)}>{children}</dl>;
}

export function Description({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-x-4 sm:grid-cols-[minmax(6rem,11rem)_minmax(0,1fr)]">
      <dt className="text-xs leading-5 text-ink-faint sm:text-sm">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
