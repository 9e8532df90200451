"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { approveRequestAction } from "@/app/actions/requests";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { RequestService } from "@/components/requests/request-place";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import type { RequestRow } from "@/lib/requests/schema";
import { OperationEffect } from "./operation-effect";
import { QuickActions } from "./quick-actions";
import { QuickPlacement } from "./quick-placement";
import { SeenVersionInput } from "./seen-version";

type QuickApproveProps = {
  request: RequestRow;
  title: string;
};

/** For decisions that need no second look: the recommended cluster, its own verdict, yes. */
export function QuickApprove({ request, title }: QuickApproveProps) {
  const t = useTranslations("approvals");
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" data-queue-approve={request.id}>
          {t("approve.open")}
        </Button>
      }
      title={t("approve.title", { title })}
      description={t("approve.asks", { requester: request.requesterName, reason: request.reason })}
    >
      <ActionForm
        action={approveRequestAction}
        successMessage={t("approve.done")}
        onSuccess={() => setOpen(false)}
        className="grid gap-4"
      >
        <HiddenInputs values={{ ticketId: request.id }} />
        <SeenVersionInput version={request.version} />
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <RequestService request={request} />
          {request.environment && <EnvironmentBadge name={request.environment} />}
          {request.sizeName && <span className="text-ink-muted">{request.sizeName}</span>}
        </p>
        {request.operationType === "CREATE" ? (
          <QuickPlacement ticketId={request.id} />
        ) : (
          <>
            <OperationEffect operation={request} />
            <QuickActions />
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}
