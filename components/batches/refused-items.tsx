"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { useErrorText } from "@/components/ui/use-error-text";
import type { Affected } from "@/lib/batches/schema";

type RefusedItemsProps = { outcome: Affected; numbers: Record<string, number> };

export function RefusedItems({ outcome, numbers }: RefusedItemsProps) {
  const t = useTranslations("batches");
  const errorText = useErrorText();
  const { affectedTicketIds, refused } = outcome;
  return (
    <Callout
      tone="warning"
      role="alert"
      title={t("action.refused", { done: affectedTicketIds.length, refused: refused.length })}
    >
      <ul className="grid gap-1">
        {refused.map(({ ticketId, code, params }) => (
          <li key={ticketId}>
            <span className="font-medium tabular-nums">{numbers[ticketId] ?? ""}</span>{" "}
            {errorText({ code, params })}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
