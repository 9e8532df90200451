import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { TimeAgo } from "@/components/ui/time-ago";
import type { QueueRow } from "@/lib/requests/queue/schema";

/** At which step it stands, until when, and whom it waits for besides an approver. */
export function QueueRowState({ request }: { request: QueueRow }) {
  const t = useTranslations("approvals");
  const { infoRequestedAt, externalState, stepNames, dueAt, revision } = request;
  const steps = stepNames.filter(Boolean).join(", ");
  const isOutside = externalState === "sending" || externalState === "waiting";
  if (infoRequestedAt === null && !isOutside && steps === "" && dueAt === null && revision === 1) return null;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-muted">
      {infoRequestedAt !== null && <Badge tone="info">{t("queue.asked")}</Badge>}
      {isOutside && <Badge tone="info">{t("queue.outside")}</Badge>}
      {revision > 1 && <Badge>{t("queue.revision", { revision })}</Badge>}
      {steps !== "" && <span>{t("queue.step", { steps })}</span>}
      {dueAt !== null && (
        <span>{t.rich("queue.due", { time: () => <TimeAgo at={dueAt} className="relative z-1" /> })}</span>
      )}
    </span>
  );
}
