import { useTranslations } from "next-intl";
import { ExactTime } from "@/components/ui/exact-time";
import { TimeAgo } from "@/components/ui/time-ago";
import type { TimelineStep } from "@/lib/requests/workflows/schema";
import { useModeText } from "./step-words";
import { EligiblePeople } from "./why-eligible";

/** What there is to tell of one step, by where it stands. */
export function StepDetails({ step }: { step: TimelineStep }) {
  const t = useTranslations("workflows.timeline");
  const modeText = useModeText();
  const isOpen = step.status === "ACTIVE" || step.status === "WAITING";
  return (
    <div className="grid gap-1.5 text-ink-muted">
      {step.isMine && <p className="font-medium text-accent-ink">{t("yourTurn")}</p>}
      {step.skipReason !== null && <SkipReason reason={step.skipReason} />}
      {isOpen && <p>{modeText(step)}</p>}
      {step.escalationLevel > 0 && <p>{t("escalated", { level: step.escalationLevel })}</p>}
      <StepLimit step={step} />
      {isOpen && step.eligible.length > 0 && <EligiblePeople people={step.eligible} />}
      {isOpen && step.eligible.length === 0 && <p className="text-danger">{t("nobody")}</p>}
      <StepDecisions step={step} />
    </div>
  );
}

function SkipReason({ reason }: { reason: string }) {
  const t = useTranslations("workflows.skip");
  return <p>{t.has(reason) ? t(reason) : reason}</p>;
}

function StepLimit({ step }: { step: TimelineStep }) {
  const t = useTranslations("workflows.timeline");
  const { status, dueAt, remainingSeconds, onTimeout, timeoutHours } = step;
  if (status === "WAITING" && timeoutHours !== null)
    return <p>{t("limit", { hours: timeoutHours, then: onTimeout })}</p>;
  if (status !== "ACTIVE") return null;
  if (remainingSeconds !== null)
    return <p>{t("limitPaused", { minutes: Math.round(remainingSeconds / 60) })}</p>;
  if (dueAt === null) return null;
  return (
    <p>
      {t("due")} <TimeAgo at={dueAt} /> · {t("then", { then: onTimeout })}
    </p>
  );
}

function StepDecisions({ step }: { step: TimelineStep }) {
  const t = useTranslations("workflows.timeline");
  if (step.decisions.length === 0) return null;
  return (
    <ul className="grid gap-1">
      {step.decisions.map((decision) => (
        <li key={`${decision.approverName} ${decision.at.toISOString()}`} className="border-l-2 pl-2">
          <span className="text-ink">
            {t(decision.onBehalfOfName === null ? "said" : "saidFor", {
              name: decision.approverName,
              verdict: decision.verdict,
              other: decision.onBehalfOfName ?? "",
            })}
          </span>{" "}
          <ExactTime at={decision.at} className="text-ink-faint tabular-nums" />
          {decision.comment !== "" && <span className="block break-words">{decision.comment}</span>}
        </li>
      ))}
    </ul>
  );
}
