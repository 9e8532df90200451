"use client";

import { useTranslations } from "next-intl";
import { deleteWorkflowAction } from "@/app/actions/workflows";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import type { WorkflowRow } from "@/lib/requests/workflows/schema";

export function DeleteWorkflow({ workflow }: { workflow: Pick<WorkflowRow, "id" | "name" | "waiting"> }) {
  const t = useTranslations("workflows.delete");
  const { id, name, waiting } = workflow;
  return (
    <ConfirmAction
      trigger={<Button variant="ghost">{t("open")}</Button>}
      title={t("title", { name })}
      description={t("text", { count: waiting })}
      confirmLabel={t("confirm")}
      tone="danger"
      action={deleteWorkflowAction}
      hidden={{ workflowId: id }}
    />
  );
}
