"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { z } from "zod";
import { useExplanation } from "@/components/requests/use-explanation";
import { useFormState } from "@/components/ui/action-form-context";
import { Callout } from "@/components/ui/callout";
import { FormMessage } from "@/components/ui/form-message";
import { QuotedCode } from "@/components/ui/quoted-code";
import { useErrorText } from "@/components/ui/use-error-text";
import { RefusalCauses } from "./candidate-verdict";

const causes = z.array(z.object({ field: z.string(), message: z.string() })).min(1);
const exclusions = z.array(z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) })).min(1);

const visibleFields = [
  "cpuLimit",
  "cpuRequest",
  "memoryLimitGi",
  "memoryRequestGi",
  "diskGb",
  "templateVersion",
  "storageClass",
  "modificationReason",
  "role",
  "days",
  "reason",
];

/** Why the decision was not taken, with what the cluster or our rules said about it. */
export function DecisionFailure() {
  const t = useTranslations("approvals");
  const errorText = useErrorText();
  const explain = useExplanation();
  const form = useFormState();
  const failure = form?.failure;
  const refused = causes.safeParse(failure?.params?.["causes"]);
  const excluded = exclusions.safeParse(failure?.params?.["exclusions"]);
  if (!failure || form.pending) return null;
  if (failure.code === "CONFLICT" || failure.code === "INVALID_STATE") {
    return (
      <Message title={t("decision.meanwhile")} failure={failure}>
        <p>{t("decision.meanwhileAdvice")}</p>
      </Message>
    );
  }
  const isChanged = failure.code === "CLUSTER_REJECTED";
  if (!refused.success && !excluded.success) return <FormMessage visibleFields={visibleFields} />;
  return (
    <Message title={errorText(failure)} failure={failure}>
      {isChanged && <p>{t("decision.verdictChanged")}</p>}
      {refused.success && <RefusalCauses causes={refused.data} />}
      {excluded.success && (
        <ul className="list-disc pl-4">
          {excluded.data.map((each) => (
            <li key={explain(each)}>{explain(each)}</li>
          ))}
        </ul>
      )}
    </Message>
  );
}

type MessageProps = {
  title: string;
  failure: { code: string; requestId?: string | undefined };
  children: ReactNode;
};

function Message({ title, failure, children }: MessageProps) {
  return (
    <div data-form-message tabIndex={-1}>
      <Callout tone="danger" role="alert" title={title}>
        {children}
        <QuotedCode code={failure.code} requestId={failure.requestId} className="mt-1" />
      </Callout>
    </div>
  );
}
