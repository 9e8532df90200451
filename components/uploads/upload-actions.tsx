"use client";

import { useTranslations } from "next-intl";
import { cancelUploadAction, removeUploadAction, retryUploadAction } from "@/app/actions/uploads";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { RefusedButton } from "@/components/ui/refused-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { isUnderWay } from "@/lib/catalog/uploads/labels";
import type { UploadRow } from "@/lib/catalog/uploads/schema";
import { SendingActions } from "./sending-actions";

/** What can be done with an upload now: sending belongs to whoever opened it, the rest to all who keep templates. */
export function UploadActions({ upload, isOwn }: { upload: UploadRow; isOwn: boolean }) {
  if (upload.removing) return null;
  return (
    <span className="flex flex-wrap justify-end gap-1.5">
      {upload.status === "RECEIVING" && isOwn && <SendingActions upload={upload} />}
      {upload.status === "FAILED" && <RetryUpload upload={upload} />}
      {isUnderWay(upload.status) ? <CancelUpload upload={upload} /> : <RemoveUpload upload={upload} />}
    </span>
  );
}

function RetryUpload({ upload }: { upload: UploadRow }) {
  const t = useTranslations("uploads");
  return (
    <ActionForm action={retryUploadAction} successMessage={t("actions.retried")}>
      <HiddenInputs values={{ uploadId: upload.id }} />
      <SubmitButton variant="secondary" size="sm">
        {t("actions.retry")}
      </SubmitButton>
    </ActionForm>
  );
}

function CancelUpload({ upload }: { upload: UploadRow }) {
  const t = useTranslations("uploads");
  return (
    <ConfirmAction
      title={t("actions.cancelTitle", { name: upload.displayName })}
      description={t("actions.cancelDetail")}
      confirmLabel={t("actions.cancelConfirm")}
      action={cancelUploadAction}
      hidden={{ uploadId: upload.id }}
      tone="danger"
      successMessage={t("actions.cancelled")}
      trigger={
        <Button variant="danger-quiet" size="sm">
          {t("actions.cancel")}
        </Button>
      }
    />
  );
}

function RemoveUpload({ upload }: { upload: UploadRow }) {
  const t = useTranslations("uploads");
  if (upload.templates.length > 0) {
    return (
      <RefusedButton reason={t("actions.inUse")} variant="danger-quiet" size="sm">
        {t("actions.remove")}
      </RefusedButton>
    );
  }
  return (
    <ConfirmAction
      title={t("actions.removeTitle", { name: upload.displayName })}
      description={t("actions.removeDetail", { cluster: upload.clusterName })}
      confirmLabel={t("actions.remove")}
      action={removeUploadAction}
      hidden={{ uploadId: upload.id }}
      tone="danger"
      successMessage={t("actions.removed")}
      trigger={
        <Button variant="danger-quiet" size="sm">
          {t("actions.remove")}
        </Button>
      }
    />
  );
}
