"use client";

import { useTranslations } from "next-intl";
import { useFormState } from "./action-form-context";
import type { ActionFailure } from "./action-result";
import { Callout } from "./callout";
import { QuotedCode } from "./quoted-code";
import { useErrorText } from "./use-error-text";

/** What went wrong with the form as a whole, with errors of inputs that are not on the screen. */
export function FormMessage({
  visibleFields,
  className,
}: {
  visibleFields?: readonly string[] | undefined;
  className?: string | undefined;
}) {
  const t = useTranslations("ui");
  const form = useFormState();
  const hidden = useHiddenErrors(form?.failure, visibleFields);
  if (!form?.failure || form.pending) return null;
  if (!form.formError && hidden.length === 0) return null;
  const { code, requestId } = form.failure;
  return (
    <div data-form-message tabIndex={-1} className={className}>
      <Callout tone="danger" role="alert" title={form.formError ?? t("form.refused")}>
        {hidden.length > 0 && (
          <ul className="list-disc pl-4">
            {hidden.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        <QuotedCode code={code} requestId={requestId} className="mt-1" />
      </Callout>
    </div>
  );
}

function useHiddenErrors(failure: ActionFailure | undefined, visibleFields: readonly string[] | undefined) {
  const errorText = useErrorText();
  if (!failure?.fields || !visibleFields) return [];
  return Object.entries(failure.fields)
    .filter(([name]) => !visibleFields.includes(name))
    .map(([, error]) => errorText(error));
}
