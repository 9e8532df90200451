import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { toneSolid } from "@/components/ui/tones";
import type { BatchRow } from "@/lib/batches/schema";

type Counts = Pick<
  BatchRow,
  "childCount" | "pendingCount" | "successCount" | "failedCount" | "cancelledCount"
>;

/** What is done, what failed and what is to go: as one bar, and in words because colours alone say nothing. */
export function BatchProgress({
  batch,
  withWords = true,
}: {
  batch: Counts;
  withWords?: boolean | undefined;
}) {
  const t = useTranslations("batches");
  const { childCount: total, successCount, failedCount, cancelledCount, pendingCount } = batch;
  const done = total - pendingCount;
  const parts = [
    { key: "done", count: successCount, fill: toneSolid.success },
    { key: "failed", count: failedCount, fill: toneSolid.danger },
    { key: "cancelled", count: cancelledCount, fill: toneSolid.neutral },
  ] as const;
  return (
    <div className="grid min-w-24 content-start gap-1.5">
      <div
        role="progressbar"
        aria-label={t("progress.label", { done, total })}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        className={cn("flex w-full overflow-hidden rounded-full bg-hover", withWords ? "h-2" : "h-1")}
      >
        {parts.map(({ key, count, fill }) => (
          <div
            key={key}
            className={cn("h-full transition-[width] duration-300", fill)}
            style={{ width: `${(count / total) * 100}%` }}
          />
        ))}
      </div>
      {withWords && (
        <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-ink-muted">
          {parts
            .filter(({ key, count }) => count > 0 || key === "done")
            .map(({ key, count }) => (
              <span key={key}>{t(`progress.${key}`, { count })}</span>
            ))}
          {pendingCount > 0 && <span>{t("progress.pending", { count: pendingCount })}</span>}
        </p>
      )}
    </div>
  );
}
