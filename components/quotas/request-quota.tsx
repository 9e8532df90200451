"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { QuotaPreview } from "@/lib/requests/quotas/schema";
import { AskForMore } from "./ask-for-more";
import { QuotaBars } from "./quota-bars";

/** Beside a request: the room there is, what it would take, and the way to more where that does not fit. */
export function RequestQuota({ quota }: { quota: QuotaPreview }) {
  const t = useTranslations("quotas");
  const { number } = useFormatter();
  const { room, demand, short } = quota;
  const needed = Object.fromEntries(short.map(({ what, used, wanted }) => [what, used + wanted]));
  const shown = (amount: number) => number(amount, { maximumFractionDigits: 1 });
  return (
    <Card
      title={t("form.title", { environment: room.environment })}
      actions={short.length > 0 && <AskForMore room={room} wanted={needed} />}
    >
      <div className="grid gap-3">
        {room.limits === null ? (
          <p className="text-xs text-ink-muted">
            {t("form.noLimits", { system: room.systemName, environment: room.environment })}
          </p>
        ) : (
          <QuotaBars room={room} added={demand} />
        )}
        {short.length > 0 && (
          <ul role="alert" className="grid gap-0.5 text-xs text-danger">
            {short.map(({ what, limit, used, wanted }) => (
              <li key={what}>
                {t("form.shortBy", {
                  ...{ what: t(`what.${what}`), limit: shown(limit) },
                  ...{ used: shown(used), wanted: shown(wanted) },
                })}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
