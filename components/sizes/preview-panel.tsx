"use client";

import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { LiveAnswer } from "@/components/requests/use-live-answer";
import { Card } from "@/components/ui/card";
import { Spinner } from "@/components/ui/spinner";
import { useErrorText } from "@/components/ui/use-error-text";
import type { SizePreview } from "@/lib/vms/size-preview/schema";
import { ClusterVerdicts } from "./cluster-verdicts";
import { DryRunCard } from "./dry-run-card";
import { ManifestBlock } from "./manifest-block";
import { useSizeEditing } from "./size-editor-context";
import type { DryRun } from "./use-dry-run";
import { useFieldName } from "./use-field-name";

type PreviewPanelProps = {
  answer: LiveAnswer<SizePreview>;
  dryRun: DryRun;
  onFocusField: (field: string) => void;
};

/** What this size comes to, told anew while it is typed. */
export function PreviewPanel({ answer, dryRun, onFocusField }: PreviewPanelProps) {
  const t = useTranslations("sizes.preview");
  const told = answer.phase === "told" || answer.phase === "checking" ? answer.told : null;
  return (
    <>
      <Card title={t("title")} actions={<PanelState answer={answer} />}>
        <div aria-live="polite" className="grid gap-3">
          <Findings answer={answer} told={told} onFocusField={onFocusField} />
        </div>
      </Card>
      {told !== null && (
        <ClusterVerdicts clusters={told.compatibleClusters} isRendered={told.renderedYaml !== null} />
      )}
      <DryRunCard dryRun={dryRun} onFocusField={onFocusField} />
      {told?.renderedYaml && <ManifestBlock yaml={told.renderedYaml} />}
    </>
  );
}

function PanelState({ answer }: { answer: LiveAnswer<SizePreview> }) {
  const t = useTranslations("sizes.preview");
  if (answer.phase === "told" || answer.phase === "refused") return null;
  return (
    <span className="flex items-center gap-1.5 text-xs text-ink-muted">
      <Spinner className="text-ink-faint" />
      {t("checking")}
    </span>
  );
}

type FindingsProps = {
  answer: LiveAnswer<SizePreview>;
  told: SizePreview | null;
  onFocusField: (field: string) => void;
};

function Findings({ answer, told, onFocusField }: FindingsProps) {
  const t = useTranslations("sizes.preview");
  const errorText = useErrorText();
  const { draft } = useSizeEditing();
  const isNamed = draft.name !== "" && draft.displayName.trim() !== "";
  if (answer.phase === "refused") {
    const fields = Object.entries(answer.failure.fields ?? {});
    if (fields.length === 0) return <Finding tone="danger">{errorText(answer.failure)}</Finding>;
    return (
      <ul className="grid gap-2">
        {fields.map(([field, error]) => (
          <Problem key={field} field={field.replace(/^size\./, "")} onFocusField={onFocusField}>
            {errorText(error)}
          </Problem>
        ))}
      </ul>
    );
  }
  if (told === null) return <p className="text-sm text-ink-muted">{t("first")}</p>;
  return (
    <ul className="grid gap-2">
      {told.valid && <Finding tone="success">{t(isNamed ? "valid" : "validUnnamed")}</Finding>}
      {told.problems.map(({ field, code, reason, params }, at) => (
        <Problem key={`${field} ${at}`} field={field} onFocusField={onFocusField}>
          {errorText({ code: reason ?? code, params })}
        </Problem>
      ))}
      {told.compatibleClusters.length > 0 && !told.compatibleClusters.some(({ eligible }) => eligible) && (
        <Finding tone="warning">{t("nowhere")}</Finding>
      )}
      {told.warnings.map((warning) => (
        <Finding key={warning.code} tone="warning">
          {t(`warning.${warning.code}`)}
        </Finding>
      ))}
    </ul>
  );
}

type ProblemProps = { field: string | null; onFocusField: (field: string) => void; children: string };

/** With a way to the field it speaks of. */
function Problem({ field, onFocusField, children }: ProblemProps) {
  const name = useFieldName();
  return (
    <Finding tone="danger">
      {field !== null && (
        <button
          type="button"
          onClick={() => onFocusField(field)}
          className="mr-1 rounded-xs text-left font-medium break-all text-ink underline decoration-line underline-offset-3 hover:decoration-current"
        >
          {name(field)}
        </button>
      )}
      {field !== null && "· "}
      {children}
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
