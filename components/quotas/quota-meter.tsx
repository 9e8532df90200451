import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { QuotaRow } from "@/lib/requests/quotas/schema";
import { AskForMore } from "./ask-for-more";
import { QuotaBars } from "./quota-bars";

/** What a System holds of each environment; whoever works in it may ask for more. */
export function QuotaMeter({ rooms, mayAsk }: { rooms: readonly QuotaRow[]; mayAsk: boolean }) {
  const t = useTranslations("quotas.meter");
  return (
    <Card title={t("title")}>
      {rooms.length === 0 ? (
        <p className="text-sm text-ink-muted">{t("empty")}</p>
      ) : (
        <ul className="grid gap-5">
          {rooms.map((room) => (
            <li key={room.environment} className="grid gap-2">
              <span className="flex min-h-7 items-center justify-between gap-3">
                <span className="font-mono text-xs text-ink-muted">{room.environment}</span>
                {mayAsk && <AskForMore room={room} />}
              </span>
              <QuotaBars room={room} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
