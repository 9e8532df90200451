import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Icon, type IconName } from "@/components/ui/icon";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Page } from "@/lib/core/paging";
import type { ActivityEntry } from "@/lib/vms/activity/schema";

type VmActivityProps = {
  activity: Page<ActivityEntry>;
  /** Where the rest is; absent where this is all there is to show. */
  moreHref?: string | undefined;
};

/** What was asked of the machine, done to it and seen of it, newest first. */
export function VmActivity({ activity, moreHref }: VmActivityProps) {
  const t = useTranslations("explanation");
  return (
    <Card
      title={t("activity.title")}
      footer={moreHref && <TextLink href={moreHref}>{t("activity.more")}</TextLink>}
    >
      {activity.items.length === 0 && <p className="text-sm text-ink-muted">{t("activity.empty")}</p>}
      <ol className="grid gap-3">
        {activity.items.map((entry) => (
          <ActivityRow key={`${entry.kind} ${entry.id}`} entry={entry} />
        ))}
      </ol>
    </Card>
  );
}

function ActivityRow({ entry }: { entry: ActivityEntry }) {
  const t = useTranslations("explanation");
  const { title, outcome } = useWords(entry);
  return (
    <li className="flex min-w-0 gap-2 text-sm">
      <Icon name={iconOf(entry)} className="mt-0.5 size-4 shrink-0 text-ink-muted" />
      <div className="min-w-0">
        <p>
          {entry.ticketId === null ? (
            title
          ) : (
            <TextLink href={`/requests/${entry.ticketId}`}>{title}</TextLink>
          )}{" "}
          <span className="text-ink-muted">{outcome}</span>
        </p>
        <p className="text-xs break-words text-ink-faint">
          {entry.actorName !== null && t("activity.by", { name: entry.actorName })}{" "}
          {entry.approverName !== null && `· ${t("activity.approvedBy", { name: entry.approverName })}`}{" "}
          <TimeAgo at={entry.at} />
        </p>
        {entry.message !== null && (
          <p className="mt-0.5 font-mono text-xs break-words text-ink-muted">{entry.message}</p>
        )}
      </div>
    </li>
  );
}

/** Whatever a part calls by a name that has no words here is still shown. */
function useWords({ kind, action, outcome }: ActivityEntry): { title: string; outcome: string } {
  const t = useTranslations("explanation");
  const word = (group: string, name: string) =>
    t.has(`activity.${group}.${name}`) ? t(`activity.${group}.${name}`) : t(`activity.${group}.other`);
  if (kind === "request")
    return { title: word("operation", action), outcome: t(`activity.state.${outcome}`) };
  if (kind === "console")
    return { title: word("console", action), outcome: t(`activity.console.${outcome}`) };
  if (kind === "revision") return { title: word("revision", action), outcome: "" };
  return {
    title: word("record", action.replace(/^vm\./, "")),
    outcome: outcome === "success" ? "" : word("outcome", outcome),
  };
}

const stateIcons: Record<string, IconName> = {
  PENDING: "hourglass",
  APPROVED: "check",
  EXECUTING: "progress",
  SUCCESS: "done",
  FAILED: "failed",
  REJECTED: "ban",
  CANCELLED: "undo",
};

function iconOf({ kind, outcome }: ActivityEntry): IconName {
  if (kind === "console") return "monitor";
  if (kind === "revision") return "pencil";
  return kind === "record" ? "scroll" : (stateIcons[outcome] ?? "dot");
}
