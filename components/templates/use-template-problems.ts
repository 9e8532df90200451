import { useMemo } from "react";
import type { LiveAnswer } from "@/components/requests/use-live-answer";
import type { ActionFailure, CodedError } from "@/components/ui/action-result";
import { useErrorText } from "@/components/ui/use-error-text";
import type { TemplatePreview } from "@/lib/requests/template-preview/schema";
import type { ToldCause } from "./use-template-dry-run";

export interface TemplateProblem extends CodedError {
  /** The member of the template; null where it is about the whole. */
  field: string | null;
}

interface Problems {
  problems: readonly TemplateProblem[];
  errorOf: (member: string) => string | undefined;
  errorOfField: (key: string) => string | undefined;
}

/** What is still missing is said by the panel; the input itself says it once somebody has tried to save. */
const missing = ["required", "image_missing", "too_short"];

/** What saving would refuse, at the member and at the field that it speaks of. */
export function useTemplateProblems(
  answer: LiveAnswer<TemplatePreview>,
  causes: readonly ToldCause[],
): Problems {
  const errorText = useErrorText();
  return useMemo(() => {
    const problems = problemsIn(answer);
    const tell = (found: CodedError | undefined) => (found === undefined ? undefined : errorText(found));
    const told = (at: string) => causes.find(({ member }) => member === at)?.message;
    return {
      problems,
      errorOf: (member) =>
        tell(problems.find(({ field, code }) => field === member && !missing.includes(code))) ?? told(member),
      errorOfField: (key) =>
        tell(problems.find(({ params }) => params?.["path"] === key)) ?? told(`fields.${key}`),
    };
  }, [answer, causes, errorText]);
}

function problemsIn(answer: LiveAnswer<TemplatePreview>): TemplateProblem[] {
  if (answer.phase === "refused") return problemsOfFailure(answer.failure);
  if (answer.phase === "resting" || answer.told === null) return [];
  return answer.told.problems;
}

function problemsOfFailure(failure: ActionFailure): TemplateProblem[] {
  const fields = Object.entries(failure.fields ?? {});
  if (fields.length === 0) return [{ field: null, code: failure.code, params: failure.params }];
  return fields.map(([field, error]) => ({ field: field.replace(/^template\./, ""), ...error }));
}
