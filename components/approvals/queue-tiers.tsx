import { Clock, Hourglass, Siren } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { Section } from "@/components/ui/section";
import { urgencyOf, type Urgency } from "@/lib/requests/labels";
import type { RequestRow } from "@/lib/requests/schema";
import { QueueTable } from "./queue-table";

const tiers: readonly Urgency[] = ["urgent", "warning", "normal"];

const looks = {
  urgent: { Drawing: Siren, color: "text-danger" },
  warning: { Drawing: Hourglass, color: "text-warning" },
  normal: { Drawing: Clock, color: "text-ink-faint" },
};

type QueueTiersProps = { requests: readonly RequestRow[]; viewerId: string; mayDecide: boolean };

/** The longest waiting first, in the three tiers of urgency. */
export function QueueTiers({ requests, viewerId, mayDecide }: QueueTiersProps) {
  const t = useTranslations("approvals");
  return tiers.map((tier) => {
    const waiting = requests.filter(({ daysPending }) => urgencyOf(daysPending) === tier);
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
        <QueueTable
          requests={waiting}
          caption={t(`tier.${tier}.title`)}
          viewerId={viewerId}
          mayDecide={mayDecide}
        />
      </Section>
    );
  });
}
