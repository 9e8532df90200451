"use client";

import { CircleAlert, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { CodeEditor } from "@/components/ui/code-editor";
import type { CodeProblem } from "@/components/ui/code-view";
import { Field } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { useErrorText } from "@/components/ui/use-error-text";
import { useTemplateEditing } from "./template-editor-context";
import { useCloudInitCheck } from "./use-cloud-init-check";

/** The text every machine starts with; what is wrong with it is marked where it stands. */
export function CloudInitField() {
  const t = useTranslations("templates.cloudInit");
  const { draft, change } = useTemplateEditing();
  const check = useCloudInitCheck(draft.cloudInit, draft.oneTimePassword);
  const problems = useWords(check.problems);
  const [jump, setJump] = useState<CodeProblem | null>(null);
  return (
    <div className="grid gap-3" data-field="cloudInit">
      <Field name="cloudInit" label={t("label")} optional hint={<KeyboardHint />}>
        <CodeEditor
          value={draft.cloudInit}
          onChange={(cloudInit) => change({ cloudInit })}
          label={t("label")}
          problems={problems}
          jump={jump}
        />
      </Field>
      <ByteCounter {...check} oneTimePassword={draft.oneTimePassword} />
      <ProblemList problems={problems} onGo={(problem) => setJump({ ...problem })} />
    </div>
  );
}

function useWords(problems: ReturnType<typeof useCloudInitCheck>["problems"]): CodeProblem[] {
  const errorText = useErrorText();
  return useMemo(
    () =>
      problems.map(({ code, params, ...place }) => ({
        ...place,
        message: errorText({ code, params: { ...params, line: place.line } }),
      })),
    [problems, errorText],
  );
}

function KeyboardHint() {
  const t = useTranslations("templates.cloudInit");
  return t.rich("keyboard", { key: (chunks) => <Kbd>{chunks}</Kbd> });
}

type ByteCounterProps = { bytes: number; maximum: number; oneTimePassword: boolean };

function ByteCounter({ bytes, maximum, oneTimePassword }: ByteCounterProps) {
  const t = useTranslations("templates.cloudInit");
  const isOver = bytes > maximum;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-muted">
      <span
        aria-hidden
        className="h-1.5 w-28 overflow-hidden rounded-full bg-sunken inset-ring-1 inset-ring-line"
      >
        <span
          className={cn("block h-full rounded-full", isOver ? "bg-danger-solid" : "bg-accent")}
          style={{ width: `${Math.min(100, (bytes / maximum) * 100)}%` }}
        />
      </span>
      <span className={cn("tabular-nums", isOver && "font-medium text-danger")}>
        {t("bytes", { bytes, maximum })}
      </span>
      {oneTimePassword && <span className="text-ink-faint">{t("withPassword")}</span>}
    </div>
  );
}

type ProblemListProps = { problems: readonly CodeProblem[]; onGo: (problem: CodeProblem) => void };

function ProblemList({ problems, onGo }: ProblemListProps) {
  const t = useTranslations("templates.cloudInit");
  if (problems.length === 0) return null;
  return (
    <ul aria-label={t("problems")} className="grid gap-1.5 text-sm">
      {problems.map((problem, at) => {
        const isError = problem.severity === "error";
        const Drawing = isError ? CircleAlert : TriangleAlert;
        return (
          <li key={at} className="flex min-w-0 items-start gap-2">
            <Drawing
              aria-label={t(isError ? "error" : "warning")}
              strokeWidth={1.75}
              className={cn("mt-0.5 size-4 shrink-0", isError ? "text-danger" : "text-warning")}
            />
            <span className="min-w-0 break-words">
              {problem.message}{" "}
              <button
                type="button"
                onClick={() => onGo(problem)}
                className="rounded-xs text-xs text-ink-faint underline decoration-line underline-offset-3 hover:text-ink"
              >
                {t("goTo", { line: problem.line, column: problem.column })}
              </button>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
