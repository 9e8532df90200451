"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useExplanation } from "@/components/requests/use-explanation";
import { Badge } from "@/components/ui/badge";
import { CapacityBar } from "@/components/ui/capacity-bar";
import { cn } from "@/components/ui/class-names";
import type { CapacityOutlook } from "@/lib/requests/quotas/schema";
import type { RequestDetail } from "@/lib/requests/schema";
import type { CandidateFacts } from "./candidates-for-choice";

type CandidateCardProps = {
  candidate: CandidateFacts;
  demand: NonNullable<RequestDetail["asked"]>;
  isChosen: boolean;
  /** Absent where this step may not choose the place. */
  onChoose: (() => void) | undefined;
  /** What else waits could land here too. */
  outlook: CapacityOutlook | undefined;
  /** The cluster's own verdict, and what is chosen on it. */
  children?: ReactNode;
};

/** One cluster: whether it can take the request and why not, and its room before and after. */
export function CandidateCard({
  candidate,
  demand,
  isChosen,
  onChoose,
  outlook,
  children,
}: CandidateCardProps) {
  const t = useTranslations("approvals");
  const { clusterId, eligible, recommended, displayName, name } = candidate;
  return (
    <li
      className={cn(
        "grid min-w-0 content-start gap-3 rounded-lg border bg-surface p-3",
        isChosen && "border-accent-ink inset-ring-1 inset-ring-accent-ink",
        !eligible && "bg-sunken",
      )}
    >
      <label
        className={cn("flex min-w-0 items-start gap-2.5", eligible ? "cursor-pointer" : "cursor-not-allowed")}
      >
        <input
          type="radio"
          name="clusterId"
          value={clusterId}
          checked={isChosen}
          disabled={!eligible || onChoose === undefined}
          onChange={() => onChoose?.()}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        <span className="grid min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className={cn("font-medium break-words", !eligible && "text-ink-muted")}>
              {displayName || name}
            </span>
            {recommended && eligible && <Badge tone="info">{t("candidate.recommended")}</Badge>}
            {!eligible && <Badge tone="neutral">{t("candidate.excluded")}</Badge>}
          </span>
          <span className="font-mono text-xs text-ink-faint">{name}</span>
        </span>
      </label>
      <Reasons candidate={candidate} />
      {candidate.capacity && (
        <Capacity capacity={candidate.capacity} demand={demand} eligible={eligible} outlook={outlook} />
      )}
      {eligible && children}
    </li>
  );
}

function Reasons({ candidate }: { candidate: CandidateFacts }) {
  const explain = useExplanation();
  const reasons = [
    ...candidate.exclusions.map((each) => ({ sentence: explain(each), color: "text-ink" })),
    ...candidate.warnings.map((each) => ({ sentence: explain(each), color: "text-warning" })),
  ];
  if (reasons.length === 0) return null;
  return (
    <ul className="grid list-disc gap-0.5 pl-4 text-xs">
      {reasons.map(({ sentence, color }) => (
        <li key={sentence} className={color}>
          {sentence}
        </li>
      ))}
    </ul>
  );
}

type CapacityProps = {
  capacity: NonNullable<CandidateFacts["capacity"]>;
  demand: NonNullable<RequestDetail["asked"]>;
  eligible: boolean;
  outlook: CapacityOutlook | undefined;
};

/** Now, after this, and if all else that waits landed here too. */
function Capacity({ capacity, demand, eligible, outlook }: CapacityProps) {
  const t = useTranslations("approvals");
  const pendingOf = (kind: "cpuCores" | "memoryGi") =>
    outlook ? Math.max(0, outlook.afterAllPending[kind].committed - outlook.now[kind].committed) : 0;
  const rows = [
    { name: "cpuCores", ...capacity.cpuCores, added: demand.cpuCores, pending: pendingOf("cpuCores") },
    { name: "memoryGi", ...capacity.memoryGi, added: demand.memoryGi, pending: pendingOf("memoryGi") },
  ] as const;
  return (
    <div className="grid gap-2">
      {rows.map(({ name, total, committed, added, pending }) => (
        <CapacityBar
          key={name}
          label={t(`capacity.${name}`)}
          used={committed}
          added={eligible ? added : 0}
          pending={eligible ? pending : 0}
          total={total}
          summary={t(`capacity.${eligible ? (pending > 0 ? "afterAll" : "after") : "now"}`, {
            now: round(committed),
            after: round(committed + added),
            all: round(committed + added + pending),
            total: round(total),
          })}
        />
      ))}
    </div>
  );
}

function round(amount: number): number {
  return Math.round(amount * 10) / 10;
}
