import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "./class-names";

type DiffRowProps = {
  label: ReactNode;
  /** Absent: nothing was there before. */
  before?: ReactNode;
  /** Absent: it is taken away. */
  after?: ReactNode;
  changed?: boolean | undefined;
  /** Who changed it, or why. */
  note?: ReactNode;
};

export function DiffList({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return <dl className={cn("divide-y text-sm", className)}>{children}</dl>;
}

export function DiffRow({ label, before, after, changed = true, note }: DiffRowProps) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[minmax(6rem,11rem)_minmax(0,1fr)]">
      <dt className="text-xs leading-5 text-ink-faint sm:text-sm">{label}</dt>
      <dd className="flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-1">
        {changed ? (
          <Change before={before} after={after} />
        ) : (
          <span className="min-w-0 break-words">{after ?? before}</span>
        )}
        {note && <span className="w-full text-xs text-ink-muted">{note}</span>}
      </dd>
    </div>
  );
}

function Change({ before, after }: { before: ReactNode; after: ReactNode }) {
  const t = useTranslations("ui");
  const empty = (value: ReactNode) => value === undefined || value === null || value === "";
  return (
    <>
      {!empty(before) && (
        <del className="min-w-0 rounded-xs bg-danger-soft px-1 break-words text-danger decoration-1">
          <span className="sr-only">{t("diff.before")} </span>
          {before}
        </del>
      )}
      {!empty(before) && !empty(after) && (
        <span aria-hidden className="text-ink-faint">
          →
        </span>
      )}
      {!empty(after) && (
        <ins className="min-w-0 rounded-xs bg-success-soft px-1 font-medium break-words text-success no-underline">
          <span className="sr-only">{t("diff.after")} </span>
          {after}
        </ins>
      )}
    </>
  );
}
