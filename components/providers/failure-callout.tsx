"use client";

import { useTranslations } from "next-intl";
import type { ActionFailure } from "@/components/ui/action-result";
import { Callout } from "@/components/ui/callout";
import { QuotedCode } from "@/components/ui/quoted-code";
import { useErrorText } from "@/components/ui/use-error-text";

/** A refusal of something that was asked without a form of its own, with the inputs it is about. */
export function FailureCallout({ failure }: { failure: ActionFailure }) {
  const t = useTranslations("providers");
  const errorText = useErrorText();
  const fields = Object.entries(failure.fields ?? {});
  return (
    <Callout tone="danger" role="alert" title={errorText(failure)}>
      {fields.length > 0 && (
        <ul className="list-disc pl-4">
          {fields.map(([name, error]) => (
            <li key={name}>
              {labelOf(t, name)}: {errorText(error)}
            </li>
          ))}
        </ul>
      )}
      <QuotedCode code={failure.code} requestId={failure.requestId} className="mt-1" />
    </Callout>
  );
}

function labelOf(t: ReturnType<typeof useTranslations<"providers">>, name: string): string {
  const key = `fields.${name.replaceAll(".", "_")}.label`;
  return t.has(key) ? t(key) : name;
}
