"use client";

import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type ReactNode } from "react";
import { useExplained } from "@/components/sizes/use-explained";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { useErrorText } from "@/components/ui/use-error-text";
import type { TemplatePreview } from "@/lib/requests/template-preview/schema";
import { focusMember } from "./focus-member";
import { useTemplateEditing } from "./template-editor-context";
import { useMemberName } from "./use-member-name";
import type { TemplateDryRun } from "./use-template-dry-run";

type DryRunCardProps = { dryRun: TemplateDryRun };

/** One cluster's own admission, asked about exactly this machine. */
export function DryRunCard({ dryRun }: DryRunCardProps) {
  const t = useTranslations("templates.dryRun");
  const { clusters } = useTemplateEditing().offer;
  const [clusterId, setClusterId] = useState(
    () => (clusters.find(({ isReachable }) => isReachable) ?? clusters[0])?.id ?? "",
  );
  if (clusters.length === 0) return null;
  return (
    <Card title={t("title")} description={t("description")}>
      <div className="grid gap-3">
        <div className="flex min-w-0 gap-2">
          <Select
            aria-label={t("cluster")}
            value={clusterId}
            onChange={(event) => setClusterId(event.target.value)}
            options={clusters.map(({ id, displayName, isReachable }) => ({
              value: id,
              label: isReachable ? displayName : t("unreachable", { name: displayName }),
            }))}
            className="min-w-0 flex-1"
          />
          <Button pending={dryRun.isAsking} onClick={() => dryRun.ask(clusterId)}>
            {t("ask")}
          </Button>
        </div>
        <div aria-live="polite" className="empty:hidden">
          {!dryRun.isAsking && dryRun.result !== null && <Answer dryRun={dryRun} />}
        </div>
      </div>
    </Card>
  );
}

function Answer({ dryRun }: DryRunCardProps) {
  const t = useTranslations("templates.dryRun");
  const errorText = useErrorText();
  const { result, isOutdated } = dryRun;
  if (result === null) return null;
  if (isOutdated) return <Line result="not_checked" title={t("outdated")} />;
  if (!result.ok) return <Line result="not_checked" title={errorText(result)} />;
  const { preview } = result;
  if (preview.problems.length > 0) return <Line result="not_checked" title={t("mendFirst")} />;
  return (
    <div className="grid gap-3">
      <Verdict preview={preview} dryRun={dryRun} />
      <Exclusions exclusions={preview.exclusions} />
    </div>
  );
}

function Verdict({ preview, dryRun }: DryRunCardProps & { preview: TemplatePreview }) {
  const t = useTranslations("templates.dryRun");
  const { verdict, notChecked } = preview;
  if (verdict === null || verdict.result === "not_checked") {
    return (
      <Line result="not_checked" title={t("notChecked", { reason: notChecked ?? "other" })}>
        {verdict?.message && <Words>{verdict.message}</Words>}
      </Line>
    );
  }
  if (verdict.result === "accepted") {
    return (
      <Line result="accepted" title={t("accepted")}>
        {verdict.warnings.map((warning) => (
          <Words key={warning}>{warning}</Words>
        ))}
      </Line>
    );
  }
  return (
    <Line result="refused" title={t("refused")}>
      <Causes causes={dryRun.causes} />
      {dryRun.causes.length === 0 && verdict.message !== null && <Words>{verdict.message}</Words>}
    </Line>
  );
}

/** Each refusal with a way to the field that caused it. */
function Causes({ causes }: Pick<TemplateDryRun, "causes">) {
  const memberName = useMemberName();
  return (
    <ul className="mt-1 grid gap-2 empty:hidden">
      {causes.map(({ member, path, message }) => (
        <li key={`${path} ${message}`} className="grid min-w-0 gap-0.5">
          {member !== null && (
            <button
              type="button"
              onClick={() => focusMember(member)}
              className="w-fit rounded-xs text-left text-xs font-medium break-words text-ink underline decoration-line underline-offset-3 hover:decoration-current"
            >
              {memberName(member)}
            </button>
          )}
          <Words>{message}</Words>
          <code className="font-mono text-2xs break-all text-ink-faint">{path}</code>
        </li>
      ))}
    </ul>
  );
}

/** Why placement would pass the cluster over, whatever its admission says. */
function Exclusions({ exclusions }: Pick<TemplatePreview, "exclusions">) {
  const t = useTranslations("templates.dryRun");
  const explain = useExplained();
  if (exclusions.length === 0) return null;
  return (
    <div className="grid gap-1 border-t pt-3 text-xs text-ink-muted">
      <p className="font-medium text-ink">{t("excluded")}</p>
      <ul className="list-disc pl-4">
        {exclusions.map((exclusion) => (
          <li key={exclusion.code}>{explain(exclusion)}</li>
        ))}
      </ul>
    </div>
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
