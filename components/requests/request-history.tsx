import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { ExactTime } from "@/components/ui/exact-time";
import type { RequestDetail } from "@/lib/requests/schema";
import { momentsOf } from "./request-moments";

/** The request's log, for people. */
export function RequestHistory({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  return (
    <Card title={t("history.title")}>
      <ol className="grid gap-3 text-sm">
        {momentsOf(request).map(({ kind, at, by }) => (
          <li key={kind} className="relative grid gap-0.5 border-l-2 pl-3">
            <span>{t(`history.${kind}`, { name: by ?? "" })}</span>
            <ExactTime at={at} className="text-xs text-ink-faint tabular-nums" />
          </li>
        ))}
      </ol>
    </Card>
  );
}
