"use client";

import { useTranslations } from "next-intl";
import { endDelegationAction } from "@/app/actions/workflows";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import type { DelegationRow } from "@/lib/requests/delegations/schema";

export function EndDelegation({ delegation }: { delegation: Pick<DelegationRow, "id" | "otherName"> }) {
  const t = useTranslations("workflows.delegation");
  return (
    <ConfirmAction
      trigger={
        <Button variant="ghost" size="sm">
          {t("end")}
        </Button>
      }
      title={t("endTitle", { name: delegation.otherName })}
      description={t("endText")}
      confirmLabel={t("end")}
      action={endDelegationAction}
      hidden={{ delegationId: delegation.id }}
      successMessage={t("ended")}
    />
  );
}
