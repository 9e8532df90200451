import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { cancelBatchAction, decideBatchAction, retryBatchAction } from "@/app/actions/batches";
import { Button } from "@/components/ui/button";
import { buttonStyles } from "@/components/ui/button-styles";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { BatchDetail } from "@/lib/batches/schema";
import { ChangeBatch } from "./change-batch";

/** What this person can do with it now; nothing is offered that would be refused. */
export function BatchActions({ batch }: { batch: BatchDetail }) {
  const t = useTranslations("batches");
  const numbers = Object.fromEntries(
    batch.children.map(({ ticketId, sequenceNo }) => [ticketId, sequenceNo]),
  );
  const countOf = (status: string) => batch.children.filter((child) => child.status === status).length;
  const common = { hidden: { batchId: batch.id }, numbers };
  return (
    <>
      {batch.finishedAt !== null && <ExportBatch batchId={batch.id} />}
      {batch.canCancel && (
        <ChangeBatch
          {...common}
          trigger={<Button variant="danger-quiet">{t("action.cancel")}</Button>}
          title={t("action.cancelTitle")}
          description={t("action.cancelText", { count: countOf("PENDING") })}
          confirmLabel={t("action.cancel")}
          tone="danger"
          action={cancelBatchAction}
        />
      )}
      {batch.canDecide && <DecideBatch common={common} count={countOf("PENDING")} />}
      {batch.canRetry && (
        <ChangeBatch
          {...common}
          trigger={<Button variant="primary">{t("action.retry")}</Button>}
          title={t("action.retryTitle")}
          description={t("action.retryText", { count: countOf("FAILED") })}
          confirmLabel={t("action.retry")}
          action={retryBatchAction}
        />
      )}
    </>
  );
}

type DecideBatchProps = {
  common: { hidden: Record<string, string>; numbers: Record<string, number> };
  count: number;
};

function DecideBatch({ common: { hidden, numbers }, count }: DecideBatchProps) {
  const t = useTranslations("batches");
  return (
    <>
      <ChangeBatch
        trigger={<Button variant="danger-quiet">{t("action.reject")}</Button>}
        title={t("action.rejectTitle")}
        description={t("action.rejectText", { count })}
        confirmLabel={t("action.reject")}
        tone="danger"
        action={decideBatchAction}
        hidden={{ ...hidden, verdict: "reject" }}
        numbers={numbers}
      >
        <Field name="reason" label={t("action.reason")} required>
          <Textarea rows={2} maxLength={2000} />
        </Field>
      </ChangeBatch>
      <ChangeBatch
        trigger={<Button variant="primary">{t("action.approve")}</Button>}
        title={t("action.approveTitle")}
        description={t("action.approveText", { count })}
        confirmLabel={t("action.approve")}
        action={decideBatchAction}
        hidden={{ ...hidden, verdict: "approve" }}
        numbers={numbers}
      >
        <Field name="reason" label={t("action.comment")} optional>
          <Textarea rows={2} maxLength={2000} />
        </Field>
      </ChangeBatch>
    </>
  );
}

/** The API's own answer as a file. */
function ExportBatch({ batchId }: { batchId: string }) {
  const t = useTranslations("batches");
  return (
    <a
      href={`/api/v1/vms/batch/${encodeURIComponent(batchId)}`}
      download={`batch-${batchId}.json`}
      className={buttonStyles({})}
    >
      <Download aria-hidden />
      {t("action.export")}
    </a>
  );
}
