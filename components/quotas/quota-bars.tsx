import { useFormatter, useTranslations } from "next-intl";
import { CapacityBar } from "@/components/ui/capacity-bar";
import type { Demand, QuotaRow } from "@/lib/requests/quotas/schema";
import { dimensions } from "@/lib/vocabulary/quota-dimensions";

interface QuotaBarsProps {
  room: Pick<QuotaRow, "limits" | "used">;
  /** What one request would add. */
  added?: Demand | undefined;
  className?: string | undefined;
}

/** One bar for each kind that is limited, one line for what is held without a limit. */
export function QuotaBars({ room, added, className }: QuotaBarsProps) {
  const t = useTranslations("quotas");
  const { number } = useFormatter();
  const shown = dimensions.filter(
    (what) => (room.limits?.[what] ?? null) !== null || room.used[what] > 0 || (added?.[what] ?? 0) > 0,
  );
  const amount = (what: (typeof dimensions)[number], value: number) =>
    t(`amount.${what}`, { amount: number(value, { maximumFractionDigits: 1 }) });
  return (
    <ul className={className ?? "grid gap-2.5"}>
      {shown.map((what) => {
        const limit = room.limits?.[what] ?? null;
        const more = added?.[what] ?? 0;
        const amounts = { used: amount(what, room.used[what]), added: amount(what, more) };
        if (limit === null) {
          return (
            <li key={what} className="flex flex-wrap justify-between gap-x-3 text-xs">
              <span className="font-medium">{t(`what.${what}`)}</span>
              <span className="text-ink-muted tabular-nums">
                {t(more > 0 ? "afterUnlimited" : "unlimited", amounts)}
              </span>
            </li>
          );
        }
        return (
          <li key={what}>
            <CapacityBar
              label={t(`what.${what}`)}
              used={room.used[what]}
              added={more}
              total={limit}
              summary={t(more > 0 ? "after" : "ofLimit", { ...amounts, limit: amount(what, limit) })}
            />
          </li>
        );
      })}
    </ul>
  );
}
