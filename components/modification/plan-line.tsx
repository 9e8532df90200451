import { Ban, RotateCw, Zap } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import type { PlanRow } from "@/lib/vms/modification/schema";
import { useSettingWords } from "./use-setting-words";

const marks = {
  live: { Drawing: Zap, color: "text-success" },
  restart: { Drawing: RotateCw, color: "text-warning" },
  impossible: { Drawing: Ban, color: "text-danger" },
};

/** What one part of a change takes: a mark, a word and the reason; the cluster's own words where it objects. */
export function PlanLine({ row, withChange = false }: { row: PlanRow; withChange?: boolean }) {
  const t = useTranslations("modification");
  const { nameOf, valueOf } = useSettingWords();
  const { Drawing, color } = marks[row.verdict];
  return (
    <div className="flex min-w-0 items-start gap-2.5">
      <Drawing aria-hidden strokeWidth={1.75} className={cn("mt-0.5 size-4 shrink-0", color)} />
      <div className="grid min-w-0 gap-0.5">
        {withChange && (
          <p className="text-xs break-words text-ink-faint">
            {t("verdict.change", {
              field: nameOf(row.field),
              from: valueOf(row.field, row.from),
              to: valueOf(row.field, row.to),
            })}
          </p>
        )}
        <p className={cn("text-sm font-medium", color)}>{t(`verdict.${row.verdict}`)}</p>
        <p className="text-xs break-words text-ink-muted">{t(`reasons.${row.reason}`, row.params)}</p>
        {row.refusal !== null && (
          <p className="text-xs break-words text-danger">
            {t("verdict.clusterSays", { words: row.refusal })}
          </p>
        )}
      </div>
    </div>
  );
}
