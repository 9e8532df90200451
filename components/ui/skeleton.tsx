import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export function Skeleton({ className }: { className?: string | undefined }) {
  return (
    <div
      aria-hidden
      className={cn("h-4 animate-pulse rounded-sm bg-hover motion-reduce:animate-none", className)}
    />
  );
}

/** The shape of a list page: title, filters, rows. */
export function ListSkeleton({ rows = 8 }: { rows?: number | undefined }) {
  return (
    <Loading>
      <HeaderShape />
      <div className="flex flex-wrap gap-2">
        <Skeleton className="h-8 w-full sm:w-56" />
        <Skeleton className="h-8 w-28" />
        <Skeleton className="h-8 w-28" />
      </div>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <div className="h-8 border-b bg-sunken" />
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex h-9 items-center gap-6 border-b px-4 last:border-b-0">
            <Skeleton className="h-3 w-40" />
            <Skeleton className="h-3 w-20" />
            <Skeleton className="ml-auto h-3 w-24" />
          </div>
        ))}
      </div>
    </Loading>
  );
}

/** The shape of one thing's page: title, facts, two columns. */
export function DetailSkeleton() {
  return (
    <Loading>
      <HeaderShape />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <CardShape lines={7} />
        <CardShape lines={4} />
      </div>
    </Loading>
  );
}

/** The shape of a form. */
export function FormSkeleton({ fields = 5 }: { fields?: number | undefined }) {
  return (
    <Loading>
      <HeaderShape />
      <div className="grid max-w-xl gap-5">
        {Array.from({ length: fields }, (_, field) => (
          <div key={field} className="grid gap-2">
            <Skeleton className="h-3 w-28" />
            <Skeleton className="h-8" />
          </div>
        ))}
      </div>
    </Loading>
  );
}

function Loading({ children }: { children: ReactNode }) {
  const t = useTranslations("ui");
  return (
    <div role="status" aria-busy className="grid grid-cols-1 gap-5">
      <span className="sr-only">{t("loading")}</span>
      {children}
    </div>
  );
}

function HeaderShape() {
  return (
    <div className="grid gap-2">
      <Skeleton className="h-6 w-48" />
      <Skeleton className="h-3.5 w-72 max-w-full" />
    </div>
  );
}

function CardShape({ lines }: { lines: number }) {
  return (
    <div className="grid gap-3 rounded-lg border bg-surface p-4">
      <Skeleton className="h-4 w-32" />
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className="h-3" />
      ))}
    </div>
  );
}
