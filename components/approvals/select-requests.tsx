"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { useQueueSelection, type ChosenRequest } from "./queue-selection";

type SelectRequestsProps = {
  /** One, or all of a table. */
  requests: readonly ChosenRequest[];
  label: string;
  className?: string | undefined;
};

export function SelectRequests({ requests, label, className }: SelectRequestsProps) {
  const { chosen, toggle } = useQueueSelection();
  const ids = new Set(chosen.map(({ ticketId }) => ticketId));
  return (
    <Checkbox
      aria-label={label}
      data-queue-select={requests.length === 1 ? requests[0]?.ticketId : undefined}
      checked={requests.length > 0 && requests.every(({ ticketId }) => ids.has(ticketId))}
      onChange={(event) => toggle(requests, event.target.checked)}
      className={className}
    />
  );
}
