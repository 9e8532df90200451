"use client";

import { useMemo } from "react";
import type { LiveAnswer } from "@/components/requests/use-live-answer";
import type { CodedError } from "@/components/ui/action-result";
import { useErrorText } from "@/components/ui/use-error-text";
import type { SizePreview } from "@/lib/vms/size-preview/schema";

export type ErrorOf = (field: string) => string | undefined;

/** What the preview, or a cluster's admission, says of each field; the first sentence for each. */
export function useSizeErrors(answer: LiveAnswer<SizePreview>, told: ReadonlyMap<string, string>): ErrorOf {
  const errorText = useErrorText();
  return useMemo(() => {
    const errors = problemsIn(answer);
    return (field) => {
      const found = errors.get(field) ?? insideOverride(errors, field);
      return found === undefined ? told.get(field) : errorText(found);
    };
  }, [answer, told, errorText]);
}

function problemsIn(answer: LiveAnswer<SizePreview>): Map<string, CodedError> {
  if (answer.phase === "refused") {
    const fields = Object.entries(answer.failure.fields ?? {});
    return new Map(fields.map(([field, error]) => [field.replace(/^size\./, ""), error]));
  }
  if (answer.phase === "resting" || answer.told === null) return new Map();
  const problems = answer.told.problems.flatMap(({ field, code, reason, params }) =>
    field === null ? [] : [[field, { code: reason ?? code, params }] as const],
  );
  return new Map(problems.toReversed());
}

/** What is wrong deep inside an override is shown at the override. */
function insideOverride(errors: ReadonlyMap<string, CodedError>, field: string): CodedError | undefined {
  if (!field.startsWith("specOverrides.")) return undefined;
  return [...errors].find(([at]) => at.startsWith(`${field}.`) || at.startsWith(`${field}[`))?.[1];
}
