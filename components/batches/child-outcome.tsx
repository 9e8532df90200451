"use client";

import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/ui/use-error-text";
import type { BatchChild } from "@/lib/batches/schema";

/** Why an item failed or was rejected; the words of a cluster or a person are quoted as they came. */
export function ChildOutcome({ child }: { child: BatchChild }) {
  const t = useTranslations("batches");
  const errorText = useErrorText();
  const { error, rejectReason, attemptCount } = child;
  if (rejectReason !== null) return <span className="break-words text-ink-muted">{rejectReason}</span>;
  if (error === null) {
    return attemptCount > 1 ? (
      <span className="text-ink-faint">{t("detail.attempts", { count: attemptCount })}</span>
    ) : (
      <span className="text-ink-faint">–</span>
    );
  }
  const params = { message: error.message, ...error.params };
  return (
    <span className="block max-h-24 overflow-y-auto break-words text-danger">
      {errorText({ code: error.code, params })}
    </span>
  );
}
