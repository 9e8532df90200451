import { Clock, Hourglass, Siren } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { Section } from "@/components/ui/section";
import { urgencies, type QueueRow } from "@/lib/requests/queue/schema";
import { QueueTable } from "./queue-table";

const looks = {
  urgent: { Drawing: Siren, color: "text-danger" },
  warning: { Drawing: Hourglass, color: "text-warning" },
  normal: { Drawing: Clock, color: "text-ink-faint" },
};

type QueueTiersProps = { requests: readonly QueueRow[]; viewerId: string };

/** What is urgent soonest first, in the three tiers of urgency. */
export function QueueTiers({ requests, viewerId }: QueueTiersProps) {
  const t = useTranslations("approvals");
  return urgencies.map((tier) => {
    const waiting = requests.filter((request) => request.tier === tier);
    if (waiting.length === 0) return null;
    const { Drawing, color } = looks[tier];
    return (
      <Section
        key={tier}
        title={
          <span className="inline-flex items-center gap-2">
            <Drawing aria-hidden strokeWidth={1.75} className={cn("size-4", color)} />
            {t(`tier.${tier}.title`)}
          </span>
        }
        description={t(`tier.${tier}.description`)}
      >
        <QueueTable requests={waiting} caption={t(`tier.${tier}.title`)} viewerId={viewerId} />
      </Section>
    );
  });
}
