"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { decidedTogetherMax } from "@/lib/requests/queue/schema";
import { BulkApprove, BulkReject } from "./bulk-decision";
import { useQueueSelection } from "./queue-selection";

/** What can be done with all that is chosen; it floats above the list while something is, and keeps its results open after. */
export function BulkBar({ waiting }: { waiting: readonly string[] }) {
  const t = useTranslations("approvals");
  const { chosen, clear } = useQueueSelection();
  // What others decided meanwhile is no longer in the list.
  const present = chosen.filter(({ ticketId }) => waiting.includes(ticketId));
  const isTooMany = present.length > decidedTogetherMax;
  return (
    <div
      role="region"
      aria-label={t("bulk.title")}
      className={cn(
        "sticky bottom-2 z-2 flex flex-wrap items-center gap-2 rounded-lg border bg-raised p-2.5 shadow-floating",
        present.length === 0 && "hidden",
      )}
    >
      <p role="status" className="mr-auto px-1 text-sm font-medium">
        {t("bulk.chosen", { count: present.length })}
        {isTooMany && (
          <span className="block text-xs font-normal text-danger">
            {t("bulk.tooMany", { maximum: decidedTogetherMax })}
          </span>
        )}
      </p>
      <Button variant="ghost" onClick={clear}>
        {t("bulk.clear")}
      </Button>
      <BulkReject requests={present} disabled={isTooMany} />
      <BulkApprove requests={present} disabled={isTooMany} />
    </div>
  );
}
