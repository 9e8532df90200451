"use client";

import { CircleCheck, CircleHelp, CircleX, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ClusterWords } from "@/components/requests/cluster-words";
import { momentTag } from "@/components/requests/moment";
import { fieldOfRefusal } from "@/components/requests/refused-field";
import type { LiveAnswer } from "@/components/requests/use-live-answer";
import { cn } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/spinner";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ClusterCheck } from "@/lib/requests/cockpit/schema";
import type { PlacementPreview } from "@/lib/requests/schema";

type Verdict = PlacementPreview["verdicts"][number];

const looks = {
  accepted: { Drawing: CircleCheck, color: "text-success" },
  refused: { Drawing: CircleX, color: "text-danger" },
  not_checked: { Drawing: CircleHelp, color: "text-warning" },
};

type CandidateVerdictProps = { clusterId: string; answer: LiveAnswer<PlacementPreview> };

/** What this cluster's own admission says about exactly this machine; silence is never shown as a yes. */
export function CandidateVerdict({ clusterId, answer }: CandidateVerdictProps) {
  const t = useTranslations("approvals");
  const errorText = useErrorText();
  if (answer.phase === "resting" || answer.phase === "checking") {
    return (
      <p className="flex items-center gap-2 text-xs text-ink-muted">
        <Spinner className="text-ink-faint" />
        {t("dryRun.asking")}
      </p>
    );
  }
  if (answer.phase === "refused") {
    return (
      <Line result="not_checked" title={t("dryRun.notChecked", { reason: errorText(answer.failure) })} />
    );
  }
  const verdict = answer.told.verdicts.find((each) => each.clusterId === clusterId);
  if (verdict !== undefined) {
    const check = answer.told.checks?.find((each) => each.clusterId === clusterId);
    return (
      <div className="grid gap-1.5">
        <Told verdict={verdict} />
        {check && <CheckedAt check={check} result={verdict.result} />}
      </div>
    );
  }
  const { notChecked } = answer.told;
  const reason = t(notChecked === null ? "dryRun.notAsked" : "dryRun.workerSilent");
  return <Line result="not_checked" title={t("dryRun.notChecked", { reason })} />;
}

function Told({ verdict }: { verdict: Verdict }) {
  const t = useTranslations("approvals");
  if (verdict.result === "accepted") {
    return (
      <Line result="accepted" title={t("dryRun.accepted")}>
        {verdict.namespaceExists === false && <p>{t("dryRun.namespaceMissing")}</p>}
        {verdict.warnings.map((warning) => (
          <ClusterWords key={warning} words={warning} />
        ))}
      </Line>
    );
  }
  if (verdict.result === "not_checked") {
    return <Line result="not_checked" title={t("dryRun.notChecked", { reason: verdict.message ?? "–" })} />;
  }
  return (
    <Line result="refused" title={t("dryRun.refused")}>
      {verdict.causes.length > 0 ? (
        <RefusalCauses causes={verdict.causes} />
      ) : (
        verdict.message !== null && <ClusterWords words={verdict.message} />
      )}
    </Line>
  );
}

type CheckedAtProps = { check: ClusterCheck; result: Verdict["result"] };

/** When it was asked; an answer that is no longer what it was stands out. */
function CheckedAt({ check: { checkedAt, before }, result }: CheckedAtProps) {
  const t = useTranslations("approvals");
  const hasChanged = before !== null && before.result !== result;
  return (
    <div className="grid gap-1 pl-6 text-xs text-ink-faint">
      <p>{t.rich("dryRun.checkedAt", { time: momentTag(checkedAt) })}</p>
      {hasChanged && (
        <p className="flex items-start gap-1.5 font-medium text-warning">
          <TriangleAlert aria-hidden strokeWidth={1.75} className="mt-0.5 size-3.5 shrink-0" />
          <span>{t.rich(`dryRun.changed.${before.result}`, { time: momentTag(before.checkedAt) })}</span>
        </p>
      )}
    </div>
  );
}

/** Each refusal with the input it speaks of and the path in the machine's description. */
export function RefusalCauses({ causes }: { causes: Verdict["causes"] }) {
  const t = useTranslations("approvals");
  return (
    <ul className="mt-1 grid gap-1.5">
      {causes.map(({ field, message }) => {
        const input = fieldOfRefusal(field);
        return (
          <li key={`${field} ${message}`} className="grid gap-0.5">
            <span className="break-words">
              {input && <strong className="font-medium">{t(`dryRun.field.${input}`)}: </strong>}
              {message}
            </span>
            <code className="font-mono text-2xs break-all text-ink-faint">{field}</code>
          </li>
        );
      })}
    </ul>
  );
}

type LineProps = { result: Verdict["result"]; title: string; children?: ReactNode };

function Line({ result, title, children }: LineProps) {
  const { Drawing, color } = looks[result];
  return (
    <div className="flex min-w-0 items-start gap-2 text-xs">
      <Drawing aria-hidden strokeWidth={1.75} className={cn("size-4 shrink-0", color)} />
      <div className="min-w-0 flex-1 text-ink-muted">
        <p className="break-words text-ink">{title}</p>
        {children}
      </div>
    </div>
  );
}
