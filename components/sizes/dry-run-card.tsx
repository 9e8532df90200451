"use client";

import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { useErrorText } from "@/components/ui/use-error-text";
import { fieldOfCause } from "./member-paths";
import { useSizeEditing } from "./size-editor-context";
import type { DryRun, Validation } from "./use-dry-run";
import { useFieldName } from "./use-field-name";

type DryRunCardProps = { dryRun: DryRun; onFocusField: (field: string) => void };

/** One cluster's own admission, asked about exactly this machine. */
export function DryRunCard({ dryRun, onFocusField }: DryRunCardProps) {
  const t = useTranslations("sizes.dryRun");
  const { offer } = useSizeEditing();
  const [clusterId, setClusterId] = useState(
    () => offer.clusters.find(({ isReachable }) => isReachable)?.id ?? "",
  );
  if (offer.clusters.length === 0) return null;
  return (
    <Card title={t("title")} description={t("description")}>
      <div className="grid gap-3">
        <div className="flex min-w-0 gap-2">
          <Select
            aria-label={t("cluster")}
            value={clusterId}
            onChange={(event) => setClusterId(event.target.value)}
            options={[
              ...(clusterId === "" ? [{ value: "", label: t("choose") }] : []),
              ...offer.clusters.map((cluster) => ({
                value: cluster.id,
                label: cluster.isReachable
                  ? cluster.displayName
                  : t("unreachable", { name: cluster.displayName }),
              })),
            ]}
            className="min-w-0 flex-1"
          />
          <Button
            pending={dryRun.isAsking}
            aria-disabled={clusterId === "" || undefined}
            onClick={() => clusterId !== "" && dryRun.ask(clusterId)}
          >
            {t("ask")}
          </Button>
        </div>
        <div aria-live="polite" className="empty:hidden">
          {dryRun.told !== null && !dryRun.isAsking && <Answer dryRun={dryRun} onFocusField={onFocusField} />}
        </div>
      </div>
    </Card>
  );
}

function Answer({ dryRun, onFocusField }: DryRunCardProps) {
  const t = useTranslations("sizes.dryRun");
  const errorText = useErrorText();
  const { told, isOutdated } = dryRun;
  if (told === null) return null;
  if (isOutdated) return <Line result="not_checked" title={t("outdated")} />;
  if (!told.result.ok) return <Line result="not_checked" title={errorText(told.result)} />;
  const { validation } = told.result;
  if (validation === null) return null;
  return <Verdict validation={validation} onFocusField={onFocusField} />;
}

type VerdictProps = { validation: Validation; onFocusField: (field: string) => void };

function Verdict({ validation, onFocusField }: VerdictProps) {
  const t = useTranslations("sizes.dryRun");
  const version = validation.kubevirtVersion ?? "–";
  if (validation.result === "accepted") {
    return (
      <Line result="accepted" title={t("accepted", { version })}>
        {validation.warnings.map((warning) => (
          <Words key={warning}>{warning}</Words>
        ))}
      </Line>
    );
  }
  if (validation.result === "not_checked") {
    const reason = validation.notChecked ?? "other";
    return (
      <Line result="not_checked" title={t("notChecked", { reason })}>
        {validation.message !== null && <Words>{validation.message}</Words>}
      </Line>
    );
  }
  return (
    <Line result="refused" title={t("refused", { version })}>
      {validation.causes.length > 0 ? (
        <Causes causes={validation.causes} onFocusField={onFocusField} />
      ) : (
        validation.message !== null && <Words>{validation.message}</Words>
      )}
    </Line>
  );
}

/** Each refusal with a way to the field that caused it. */
function Causes({
  causes,
  onFocusField,
}: {
  causes: Validation["causes"];
  onFocusField: VerdictProps["onFocusField"];
}) {
  const { draft } = useSizeEditing();
  const name = useFieldName();
  return (
    <ul className="mt-1 grid gap-2">
      {causes.map(({ field, message }) => {
        const at = fieldOfCause(field, draft.overrides);
        return (
          <li key={`${field} ${message}`} className="grid min-w-0 gap-0.5">
            {at !== null && (
              <button
                type="button"
                onClick={() => onFocusField(at)}
                className="w-fit rounded-xs text-left text-xs font-medium break-all text-ink underline decoration-line underline-offset-3 hover:decoration-current"
              >
                {name(at)}
              </button>
            )}
            <Words>{message}</Words>
            <code className="font-mono text-2xs break-all text-ink-faint">{field}</code>
          </li>
        );
      })}
    </ul>
  );
}

/** A cluster's own sentence: input, and never more than text. */
function Words({ children }: { children: string }) {
  return (
    <blockquote className="max-h-40 overflow-y-auto border-l-2 pl-2.5 font-mono text-xs break-words whitespace-pre-wrap text-ink-muted">
      {children}
    </blockquote>
  );
}

const looks = {
  accepted: { Drawing: CircleCheck, color: "text-success" },
  refused: { Drawing: CircleX, color: "text-danger" },
  not_checked: { Drawing: CircleHelp, color: "text-warning" },
};

type LineProps = { result: keyof typeof looks; title: string; children?: ReactNode };

function Line({ result, title, children }: LineProps) {
  const { Drawing, color } = looks[result];
  return (
    <div className="flex min-w-0 items-start gap-2 text-sm">
      <Drawing aria-hidden strokeWidth={1.75} className={`mt-0.5 size-4 shrink-0 ${color}`} />
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="break-words">{title}</p>
        {children}
      </div>
    </div>
  );
}
