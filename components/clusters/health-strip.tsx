import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { toneSolid, type Tone } from "@/components/ui/tones";
import type { HealthCell } from "@/lib/clusters/health/schema";

/** A state has a colour and a height, so that the strip reads without colour too. */
const looks: Record<NonNullable<HealthCell["status"]> | "NONE", { tone: Tone; height: string }> = {
  HEALTHY: { tone: "success", height: "h-full" },
  UNKNOWN: { tone: "info", height: "h-3/4" },
  UNHEALTHY: { tone: "warning", height: "h-1/2" },
  UNREACHABLE: { tone: "danger", height: "h-1/4" },
  NONE: { tone: "neutral", height: "h-px" },
};

/** The last day from left to right, each cell by the worst that was found in it. */
export function HealthStrip({ cells, className }: { cells: readonly HealthCell[]; className?: string }) {
  const t = useTranslations("clusters.health");
  const { dateTime } = useFormatter();
  const looked = cells.filter(({ status }) => status !== null);
  const troubled = looked.filter(({ status }) => status !== "HEALTHY").length;
  const label = looked.length === 0 ? t("stripEmpty") : t("strip", { troubled, looked: looked.length });
  return (
    <div role="img" aria-label={label} className={cn("flex h-5 items-end gap-px", className)}>
      {cells.map(({ from, status }) => {
        const { tone, height } = looks[status ?? "NONE"];
        const hour = dateTime(from, { hour: "2-digit", minute: "2-digit" });
        return (
          <span
            key={from.getTime()}
            title={`${hour} · ${t(`cell.${status ?? "NONE"}`)}`}
            className="flex h-full min-w-0 flex-1 items-end bg-sunken"
          >
            <span className={cn("w-full", toneSolid[tone], height)} />
          </span>
        );
      })}
    </div>
  );
}
