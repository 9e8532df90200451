import { useTranslations } from "next-intl";
import { useRequestTitle } from "@/components/requests/use-request-title";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Icon, type IconName } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { UpcomingEntry } from "@/lib/requests/lifetimes/queries";
import type { QueueRow } from "@/lib/requests/queue/schema";
import type { RequestRow } from "@/lib/requests/schema";

interface NeedsYouProps {
  /** What waits for the person's decision, the most urgent first. */
  decisions: readonly QueueRow[];
  /** How many there are in all. */
  waiting: number;
  /** Of the person's own requests, those that somebody asked more about. */
  questions: readonly RequestRow[];
  /** Machines whose time is nearly over. */
  endings: readonly UpcomingEntry[];
}

/** What stands still until this person does something; absent where nothing does. */
export function NeedsYou({ decisions, waiting, questions, endings }: NeedsYouProps) {
  const t = useTranslations("home");
  const titleOf = useRequestTitle();
  if (decisions.length + questions.length + endings.length === 0) return null;
  const more = waiting > decisions.length && (
    <TextLink href="/approvals">{t("openQueue", { count: waiting })}</TextLink>
  );
  return (
    <Section title={t("needsMe")} actions={more}>
      <Card flush>
        <ul className="divide-y">
          {decisions.map((request) => (
            <Entry
              key={request.id}
              icon="hourglass"
              href={`/approvals/${request.id}`}
              title={titleOf(request)}
            >
              {request.tier !== "normal" && (
                <Badge tone={request.tier === "urgent" ? "danger" : "warning"} className="mr-2">
                  {t(`tier.${request.tier}`)}
                </Badge>
              )}
              {t("decide", { name: request.requesterName })} <TimeAgo at={request.createdAt} />
            </Entry>
          ))}
          {questions.map((request) => (
            <Entry key={request.id} icon="info" href={`/requests/${request.id}`} title={titleOf(request)}>
              {t("answer")}
            </Entry>
          ))}
          {endings.map((ending) => (
            <Entry key={ending.vmId} icon="clock" href={`/vms/${ending.vmId}`} title={ending.vmName}>
              {t("ends")} <TimeAgo at={ending.at} />
            </Entry>
          ))}
        </ul>
      </Card>
    </Section>
  );
}

interface EntryProps {
  icon: IconName;
  href: string;
  title: string;
  children: React.ReactNode;
}

function Entry({ icon, href, title, children }: EntryProps) {
  return (
    <li className="relative flex min-w-0 items-center gap-3 px-4 py-2.5 hover:bg-hover">
      <Icon name={icon} className="size-4 shrink-0 text-ink-muted" />
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <Link href={href} className="min-w-0 truncate font-medium after:absolute after:inset-0">
          {title}
        </Link>
        <span className="text-sm text-ink-muted">{children}</span>
      </div>
    </li>
  );
}
