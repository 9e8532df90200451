"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { decidedTogetherMax } from "@/lib/requests/queue/schema";
import { BulkApprove, BulkReject } from "./bulk-decision";
import { useQueueSelection } from "./queue-selection";

/** What can be done with all that is chosen; it floats above the list while something is. */
export function BulkBar({ waiting }: { waiting: readonly string[] }) {
  const t = useTranslations("approvals");
  const { chosen, clear } = useQueueSelection();
  // What others decided meanwhile is no longer in the list.
  const present = chosen.filter(({ ticketId }) => waiting.includes(ticketId));
  if (present.length === 0) return null;
  const isTooMany = present.length > decidedTogetherMax;
  return (
    <div
      role="region"
      aria-label={t("bulk.title")}
      className="sticky bottom-2 z-2 flex flex-wrap items-center gap-2 rounded-lg border bg-raised p-2.5 shadow-floating"
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
