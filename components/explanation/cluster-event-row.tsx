import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ReportedEvent } from "@/lib/vms/explanation/schema";

export function ClusterEventRow({ event }: { event: ReportedEvent }) {
  const t = useTranslations("explanation");
  const isWarning = event.type === "Warning";
  return (
    <li className="flex min-w-0 gap-2 text-sm">
      <Icon
        name={isWarning ? "warning" : "info"}
        className={isWarning ? "mt-0.5 text-warning" : "mt-0.5 text-ink-faint"}
      />
      <div className="min-w-0">
        <p className="flex flex-wrap gap-x-2">
          <span className="sr-only">{t(`events.${event.type}`)}</span>
          <span className="font-medium break-all">{event.reason}</span>
          {event.count > 1 && (
            <span className="text-ink-muted">{t("events.times", { count: event.count })}</span>
          )}
        </p>
        <p className="font-mono text-xs break-words whitespace-pre-wrap text-ink-muted">{event.message}</p>
        <p className="text-xs break-all text-ink-faint">
          {event.objectKind} {event.objectName} · <TimeAgo at={event.lastAt} />
        </p>
      </div>
    </li>
  );
}
