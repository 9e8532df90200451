"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { TextLink } from "@/components/ui/text-link";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ItemResult } from "@/lib/requests/queue/schema";
import type { ChosenRequest } from "./queue-selection";

type BulkResultsProps = {
  asked: readonly ChosenRequest[];
  results: readonly ItemResult[];
  onClose: () => void;
};

/** What became of each; what was refused says why and leads to where it can be looked at. */
export function BulkResults({ asked, results, onClose }: BulkResultsProps) {
  const t = useTranslations("approvals");
  const titles = new Map(asked.map(({ ticketId, title }) => [ticketId, title]));
  const done = results.filter(({ ok }) => ok).length;
  return (
    <div className="grid gap-4">
      <p role="status" className="text-sm font-medium">
        {t("bulk.summary", { done, all: results.length })}
      </p>
      <ul className="grid max-h-96 gap-2 overflow-y-auto text-sm">
        {results.map((result) => (
          <ResultLine key={result.ticketId} result={result} title={titles.get(result.ticketId) ?? ""} />
        ))}
      </ul>
      <DialogActions>
        <Button variant="primary" onClick={onClose}>
          {t("bulk.close")}
        </Button>
      </DialogActions>
    </div>
  );
}

function ResultLine({ result, title }: { result: ItemResult; title: string }) {
  const t = useTranslations("approvals");
  const errorText = useErrorText();
  const { ok, ticketId, code, params } = result;
  const Drawing = ok ? CircleCheck : CircleX;
  return (
    <li className="flex min-w-0 items-start gap-2">
      <Drawing
        aria-hidden
        strokeWidth={1.75}
        className={`mt-0.5 size-4 shrink-0 ${ok ? "text-success" : "text-danger"}`}
      />
      <span className="min-w-0">
        <span className="sr-only">{t(ok ? "bulk.done" : "bulk.refused")} </span>
        <TextLink href={`/approvals/${ticketId}`}>{title}</TextLink>
        {code !== null && (
          <span className="block text-xs break-words text-ink-muted">{errorText({ code, params })}</span>
        )}
      </span>
    </li>
  );
}
