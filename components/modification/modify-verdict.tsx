"use client";

import { useTranslations } from "next-intl";
import { useApproverNames } from "@/components/requests/use-approver-names";
import type { LiveAnswer } from "@/components/requests/use-live-answer";
import { VerdictLine } from "@/components/requests/verdict-line";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/spinner";
import { TimeAgo } from "@/components/ui/time-ago";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ModificationPreview } from "@/lib/requests/modification/schema";
import { PlanLine } from "./plan-line";
import { useSettingWords } from "./use-setting-words";

type ModifyVerdictProps = { answer: LiveAnswer<ModificationPreview>; onAskAgain: () => void };

/** What would come of the change before it is asked: what each part takes, what the cluster says, who decides. */
export function ModifyVerdict({ answer, onAskAgain }: ModifyVerdictProps) {
  const t = useTranslations("modification");
  const errorText = useErrorText();
  const isChecking = answer.phase === "checking";
  const told = answer.phase === "told" || isChecking ? answer.told : null;
  return (
    <Card
      title={t("verdict.title")}
      actions={
        isChecking ? (
          <Spinner className="text-ink-faint" label={t("verdict.checking")} />
        ) : answer.phase === "told" ? (
          <Button size="sm" variant="ghost" onClick={onAskAgain}>
            {t("verdict.askAgain")}
          </Button>
        ) : undefined
      }
    >
      <ul aria-live="polite" className={cn("divide-y", isChecking && told && "opacity-60")}>
        {answer.phase === "resting" && <VerdictLine mark="open" title={t("verdict.resting")} />}
        {answer.phase === "refused" && (
          <VerdictLine
            mark="no"
            title={answer.failure.fields ? t("verdict.mendInputs") : errorText(answer.failure)}
          >
            {answer.failure.fields?.["vmId"] && errorText(answer.failure.fields["vmId"])}
          </VerdictLine>
        )}
        {isChecking && told === null && <VerdictLine mark="open" title={t("verdict.checking")} />}
        {told && <ToldLines told={told} />}
      </ul>
    </Card>
  );
}

function ToldLines({ told }: { told: ModificationPreview }) {
  const t = useTranslations("modification");
  const { nameOf } = useSettingWords();
  const { readAt } = told;
  return (
    <>
      {told.rows.map((row) => (
        <li key={row.field} className="py-2.5 first:pt-0">
          <PlanLine row={row} withChange />
        </li>
      ))}
      {told.rows.length === 0 && told.check.result === "accepted" && (
        <VerdictLine mark="unknown" title={t("verdict.nothing")} />
      )}
      {told.unreachable.map(({ field }) => (
        <VerdictLine key={field} mark="careful" title={t("verdict.unreachable", { field: nameOf(field) })} />
      ))}
      <CheckLine told={told} />
      <DeciderLine approval={told.approval} />
      {readAt !== null && (
        <li className="pt-2.5 text-xs text-ink-faint">
          {t.rich("verdict.readAt", { time: () => <TimeAgo at={readAt} /> })}
        </li>
      )}
    </>
  );
}

function CheckLine({ told: { check, rows } }: { told: ModificationPreview }) {
  const t = useTranslations("modification");
  if (check.result === "accepted")
    return rows.length === 0 ? null : <VerdictLine mark="yes" title={t("verdict.accepted")} />;
  if (check.result === "refused")
    return (
      <VerdictLine mark="no" title={t("verdict.refused")}>
        {check.message}
      </VerdictLine>
    );
  return (
    <VerdictLine mark="unknown" title={t("verdict.notChecked")}>
      {check.message} {t("verdict.notCheckedAdvice")}
    </VerdictLine>
  );
}

function DeciderLine({ approval }: { approval: ModificationPreview["approval"] }) {
  const t = useTranslations("modification");
  const namesOf = useApproverNames();
  const rule =
    approval.policyName === null ? t("verdict.noRule") : t("verdict.rule", { name: approval.policyName });
  if (approval.effect === "deny")
    return (
      <VerdictLine mark="no" title={t("verdict.denied")}>
        {rule}
      </VerdictLine>
    );
  if (approval.effect === "run")
    return (
      <VerdictLine mark="yes" title={t("verdict.startsAtOnce")}>
        {rule}
      </VerdictLine>
    );
  const title =
    approval.approvers.length === 0
      ? t("verdict.nobodyApproves")
      : t("verdict.approvedBy", { names: namesOf(approval.approvers) });
  return (
    <VerdictLine mark={approval.approvers.length === 0 ? "careful" : "open"} title={title}>
      {rule}
    </VerdictLine>
  );
}
