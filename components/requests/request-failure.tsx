"use client";

import { useTranslations } from "next-intl";
import { useFormState } from "@/components/ui/action-form-context";
import { Callout } from "@/components/ui/callout";
import { FormMessage } from "@/components/ui/form-message";
import { LinkButton } from "@/components/ui/link-button";

type RequestFailureProps = {
  visibleFields: readonly string[];
  /** What already waits, and what one can do about it. */
  explanation: string;
};

/** Why it was not submitted; a request that already waits is one click away. */
export function RequestFailure({ visibleFields, explanation }: RequestFailureProps) {
  const t = useTranslations("requests");
  const failure = useFormState()?.failure;
  if (failure?.code !== "DUPLICATE_PENDING_REQUEST") return <FormMessage visibleFields={visibleFields} />;
  const existing = failure.params?.["existingTicketId"];
  const href = typeof existing === "string" ? `/requests/${existing}` : "/requests?statusGroup=ACTIVE";
  return (
    <div data-form-message tabIndex={-1}>
      <Callout
        tone="warning"
        role="alert"
        title={t("duplicate.title")}
        actions={
          <LinkButton href={href} size="sm">
            {t("duplicate.open")}
          </LinkButton>
        }
      >
        {explanation}
      </Callout>
    </div>
  );
}
