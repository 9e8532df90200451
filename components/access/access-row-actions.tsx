"use client";

import { useTranslations } from "next-intl";
import { confirmAccessAction, revokeAccessAction } from "@/app/actions/access";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { RefusedButton } from "@/components/ui/refused-button";
import type { AccessRow } from "@/lib/access/reviews/schema";

interface AccessRowActionsProps {
  row: AccessRow;
  roleName: string;
  systemId?: string | undefined;
}

/** Keep or take away, in place. What a directory gives is taken away there. */
export function AccessRowActions({ row, roleName, systemId }: AccessRowActionsProps) {
  const t = useTranslations("access.review");
  const words = { name: row.displayName, role: roleName };
  const hidden = { kind: row.kind, id: row.id, ...(systemId === undefined ? {} : { systemId }) };
  return (
    <span className="flex flex-wrap items-center gap-1 py-1 sm:flex-nowrap sm:justify-end sm:py-0">
      <ActionForm action={confirmAccessAction} successMessage={t("confirmed", words)}>
        <HiddenInputs values={hidden} />
        <SubmitButton variant="secondary" size="sm">
          {t("confirm")}
        </SubmitButton>
        <FormMessage className="mt-2 whitespace-normal" />
      </ActionForm>
      {row.source === "external_cohort" ? (
        <RefusedButton
          reason={t("fromDirectoryHint", { groups: row.cohorts.join(", ") })}
          variant="ghost"
          size="sm"
        >
          {t("revoke")}
        </RefusedButton>
      ) : (
        <ConfirmAction
          trigger={
            <Button variant="ghost" size="sm">
              {t("revoke")}
            </Button>
          }
          title={t("revokeTitle", words)}
          description={t("revokeText")}
          confirmLabel={t("revoke")}
          tone="danger"
          action={revokeAccessAction}
          hidden={hidden}
          successMessage={t("revoked", words)}
        />
      )}
    </span>
  );
}
