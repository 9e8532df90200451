"use client";

import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { LiveAnswer } from "@/components/requests/use-live-answer";
import { ManifestBlock } from "@/components/sizes/manifest-block";
import { Card } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { Spinner } from "@/components/ui/spinner";
import { useErrorText } from "@/components/ui/use-error-text";
import type { TemplatePreview } from "@/lib/requests/template-preview/schema";
import { DryRunCard } from "./dry-run-card";
import { focusMember } from "./focus-member";
import { useTemplateEditing } from "./template-editor-context";
import { useMemberName } from "./use-member-name";
import type { TemplateDryRun } from "./use-template-dry-run";
import type { TemplateProblem } from "./use-template-problems";

type TemplatePanelProps = {
  answer: LiveAnswer<TemplatePreview>;
  dryRun: TemplateDryRun;
  sizeId: string;
  onSize: (sizeId: string) => void;
};

/** What the draft comes to: what saving would refuse, and the machine it would make. */
export function TemplatePanel({ answer, dryRun, sizeId, onSize }: TemplatePanelProps) {
  const t = useTranslations("templates.panel");
  const told = answer.phase === "told" || answer.phase === "checking" ? answer.told : null;
  return (
    <>
      <Card title={t("title")} actions={answer.phase === "checking" && <Checking />}>
        <div aria-live="polite">
          <Findings told={told} />
        </div>
      </Card>
      <DryRunCard dryRun={dryRun} />
      <Card title={t("manifest")} description={t("manifestHint")}>
        <div className="grid min-w-0 gap-3">
          <SampleSize sizeId={sizeId} onSize={onSize} />
          {told?.renderedYaml ? (
            <ManifestBlock yaml={told.renderedYaml} />
          ) : (
            <p className="text-sm text-ink-muted">{t(told === null ? "first" : "noManifest")}</p>
          )}
        </div>
      </Card>
    </>
  );
}

function SampleSize({ sizeId, onSize }: Pick<TemplatePanelProps, "sizeId" | "onSize">) {
  const t = useTranslations("templates.panel");
  const { offer } = useTemplateEditing();
  if (offer.sizes.length === 0) return null;
  return (
    <Select
      aria-label={t("size")}
      value={sizeId}
      onChange={(event) => onSize(event.target.value)}
      options={offer.sizes.map(({ id, displayName }) => ({
        value: id,
        label: t("withSize", { name: displayName }),
      }))}
    />
  );
}

function Checking() {
  const t = useTranslations("templates.panel");
  return (
    <span className="flex items-center gap-1.5 text-xs text-ink-muted">
      <Spinner className="text-ink-faint" />
      {t("checking")}
    </span>
  );
}

function Findings({ told }: { told: TemplatePreview | null }) {
  const t = useTranslations("templates.panel");
  const errorText = useErrorText();
  const { problems } = useTemplateEditing();
  const warnings = told?.cloudInit.filter(({ severity }) => severity === "warning") ?? [];
  if (told === null && problems.length === 0) return <p className="text-sm text-ink-muted">{t("first")}</p>;
  return (
    <ul className="grid gap-2">
      {problems.length === 0 && <Finding tone="success">{t("valid")}</Finding>}
      {problems.map((problem, at) => (
        <Problem key={`${problem.field} ${problem.code} ${at}`} problem={problem} />
      ))}
      {warnings.map(({ code, params, line }) => (
        <Finding key={`${code} ${line}`} tone="warning">
          {errorText({ code, params: { ...params, line } })}
        </Finding>
      ))}
    </ul>
  );
}

/** With a way to the input it speaks of. */
function Problem({ problem }: { problem: TemplateProblem }) {
  const errorText = useErrorText();
  const { draft } = useTemplateEditing();
  const memberName = useMemberName();
  const path = problem.params?.["path"];
  const isField = typeof path === "string" && draft.fields.some(({ key }) => key === path);
  const member = isField ? `fields.${path}` : problem.field;
  return (
    <Finding tone="danger">
      {member !== null && (
        <button
          type="button"
          onClick={() => focusMember(member)}
          className="mr-1 rounded-xs text-left font-medium break-words text-ink underline decoration-line underline-offset-3 hover:decoration-current"
        >
          {memberName(member)}
        </button>
      )}
      {errorText(problem)}
    </Finding>
  );
}

const looks = {
  success: { Drawing: CircleCheck, color: "text-success" },
  warning: { Drawing: TriangleAlert, color: "text-warning" },
  danger: { Drawing: CircleAlert, color: "text-danger" },
};

function Finding({ tone, children }: { tone: keyof typeof looks; children: ReactNode }) {
  const { Drawing, color } = looks[tone];
  return (
    <li className="flex min-w-0 list-none items-start gap-2 text-sm">
      <Drawing aria-hidden strokeWidth={1.75} className={`mt-0.5 size-4 shrink-0 ${color}`} />
      <div className="min-w-0 flex-1 break-words">{children}</div>
    </li>
  );
}
