"use client";

import { useTranslations } from "next-intl";
import { OpeningLine } from "@/components/calendar/opening-line";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import { Spinner } from "@/components/ui/spinner";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ActionFailure } from "@/components/ui/action-result";
import { AdmissionLine } from "./admission-line";
import { ApprovalLine } from "./approval-line";
import { NameLine } from "./name-line";
import { PlacementLine } from "./placement-line";
import type { PlacementPreview } from "@/lib/requests/schema";
import type { NamespaceOffer, ServiceOffer } from "./settle-choice";
import type { LiveAnswer } from "./use-live-answer";
import { admissionFacts } from "./verdict-facts";
import { VerdictLine } from "./verdict-line";

type RequestVerdictProps = {
  answer: LiveAnswer<PlacementPreview>;
  onAskAgain: () => void;
  namespace: NamespaceOffer | undefined;
  service: ServiceOffer | undefined;
};

/** What would come of it, before it is asked: who decides, whether it fits, what the clusters say, how it is called. */
export function RequestVerdict({ answer, onAskAgain, namespace, service }: RequestVerdictProps) {
  const t = useTranslations("requests");
  const isChecking = answer.phase === "checking";
  const told = answer.phase === "told" || isChecking ? answer.told : null;
  return (
    <Card title={t("verdict.title")} actions={<CheckState answer={answer} onAskAgain={onAskAgain} />}>
      <ul aria-live="polite" className={cn("divide-y", isChecking && told && "opacity-60")}>
        {answer.phase === "resting" && <VerdictLine mark="open" title={t("verdict.resting")} />}
        {answer.phase === "refused" && <RefusedLine failure={answer.failure} />}
        {isChecking && told === null && <CheckingLines />}
        {told && (
          <>
            <ApprovalLine approval={told.approval} />
            {told.opening !== undefined && <OpeningLine opening={told.opening} />}
            <PlacementLine preview={told} environmentName={namespace?.environmentName ?? ""} />
            <AdmissionLine preview={told} />
          </>
        )}
        {namespace && service && <NameLine namespace={namespace} service={service} name={told?.vmName} />}
      </ul>
    </Card>
  );
}

/** Busy, or the way to have it checked once more where the answer was not a clear yes. */
function CheckState({ answer, onAskAgain }: Pick<RequestVerdictProps, "answer" | "onAskAgain">) {
  const t = useTranslations("requests");
  if (answer.phase === "checking")
    return <Spinner className="text-ink-faint" label={t("verdict.checking")} />;
  if (answer.phase === "resting") return null;
  if (answer.phase === "told" && admissionFacts(answer.told).outcome === "accepted") return null;
  return (
    <Button size="sm" variant="ghost" onClick={onAskAgain}>
      {t("verdict.askAgain")}
    </Button>
  );
}

function CheckingLines() {
  return ["w-40", "w-52", "w-44"].map((width) => (
    <li key={width} className="flex items-center gap-2.5 py-2.5">
      <Skeleton className="size-4 rounded-full" />
      <Skeleton className={cn("h-3", width)} />
    </li>
  ));
}

/** Our own rules refuse it; what belongs to an input is told there. */
function RefusedLine({ failure }: { failure: ActionFailure }) {
  const t = useTranslations("requests");
  const errorText = useErrorText();
  const isOfInputs = Object.keys(failure.fields ?? {}).length > 0;
  return <VerdictLine mark="no" title={isOfInputs ? t("verdict.mendInputs") : errorText(failure)} />;
}
