import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Icon, type IconName } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ActivityEntry } from "@/lib/vms/queries";

const icons: Record<string, IconName> = {
  PENDING: "hourglass",
  PROCESSING: "progress",
  COMPLETED: "done",
  FAILED: "failed",
  CANCELLED: "ban",
};

/** What was asked of the VM, newest first. */
export function VmActivity({ entries }: { entries: readonly ActivityEntry[] }) {
  const t = useTranslations("vms");
  return (
    <Card title={t("detail.activity")}>
      {entries.length === 0 && <p className="text-sm text-ink-muted">{t("detail.noActivity")}</p>}
      <ol className="grid gap-3">
        {entries.map((entry) => (
          <ActivityRow key={entry.eventId} entry={entry} />
        ))}
      </ol>
    </Card>
  );
}

function ActivityRow({ entry }: { entry: ActivityEntry }) {
  const t = useTranslations("vms");
  const title = t.has(`activity.${entry.eventType}`) ? t(`activity.${entry.eventType}`) : entry.eventType;
  return (
    <li className="flex min-w-0 gap-2 text-sm">
      <Icon name={icons[entry.status] ?? "dot"} className="mt-0.5 size-4 shrink-0 text-ink-muted" />
      <div className="min-w-0">
        <p>
          {entry.ticketId === null ? (
            title
          ) : (
            <TextLink href={`/requests/${entry.ticketId}`}>{title}</TextLink>
          )}{" "}
          <span className="text-ink-muted">{t(`activity.${entry.status}`)}</span>
        </p>
        <p className="text-xs text-ink-faint">
          {entry.requestedByName !== null && t("activity.by", { name: entry.requestedByName })}{" "}
          <TimeAgo at={entry.createdAt} />
        </p>
        {entry.errorMessage !== null && (
          <p className="mt-0.5 font-mono text-xs break-words text-ink-muted">{entry.errorMessage}</p>
        )}
      </div>
    </li>
  );
}
