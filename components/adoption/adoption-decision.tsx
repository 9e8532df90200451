import { useTranslations } from "next-intl";
import { rejectAdoptionAction, reopenAdoptionAction } from "@/app/actions/adoption";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { AdoptionDetail } from "@/lib/vms/adoption/schema";
import { AdoptForm } from "./adopt-form";
import type { ServiceOption } from "./service-picker";

type AdoptionDecisionProps = { adoption: AdoptionDetail; services: readonly ServiceOption[] };

/** One card for whatever can be decided now, or what was. */
export function AdoptionDecision({ adoption, services }: AdoptionDecisionProps) {
  const t = useTranslations("adoption");
  return (
    <Card title={t("detail.decision")}>
      <div className="grid gap-3 text-sm">
        {adoption.status === "PENDING" && <Pending adoption={adoption} services={services} />}
        {adoption.status === "ADOPTED" && <Adopted adoption={adoption} />}
        {adoption.status === "REJECTED" && <Rejected adoption={adoption} />}
        {adoption.status === "GONE" && <p>{t("detail.gone")}</p>}
      </div>
    </Card>
  );
}

function Pending({ adoption, services }: AdoptionDecisionProps) {
  const t = useTranslations("adoption");
  const claimed = services.find(({ id }) => id === adoption.serviceId) ?? null;
  return (
    <>
      <AdoptForm
        adoptionId={adoption.id}
        services={services}
        claimed={claimed}
        disabled={adoption.machine === null || adoption.obstacle !== null}
      />
      <ConfirmAction
        trigger={<Button>{t("reject.action")}</Button>}
        title={t("reject.title", { name: adoption.resourceName })}
        description={t("reject.text")}
        confirmLabel={t("reject.action")}
        action={rejectAdoptionAction}
        hidden={{ adoptionId: adoption.id }}
        successMessage={t("reject.done")}
      >
        <Field name="reason" label={t("reject.reason")} required>
          <Textarea maxLength={512} rows={3} />
        </Field>
      </ConfirmAction>
    </>
  );
}

function Adopted({ adoption: { decidedByName, vmId } }: { adoption: AdoptionDetail }) {
  const t = useTranslations("adoption");
  return (
    <>
      <p>{t("detail.adopted", { name: decidedByName ?? "–" })}</p>
      {vmId !== null && <LinkButton href={`/vms/${vmId}`}>{t("detail.seeVm")}</LinkButton>}
    </>
  );
}

function Rejected({ adoption: { id, decidedByName, reason } }: { adoption: AdoptionDetail }) {
  const t = useTranslations("adoption");
  return (
    <>
      <p>{t("detail.rejected", { name: decidedByName ?? "–" })}</p>
      {reason !== null && <blockquote className="border-l-2 pl-3 text-ink-muted">{reason}</blockquote>}
      <ActionForm action={reopenAdoptionAction} successMessage={t("reopen.done")} className="grid gap-2">
        <HiddenInputs values={{ adoptionId: id }} />
        <FormMessage />
        <SubmitButton variant="secondary">{t("reopen.action")}</SubmitButton>
      </ActionForm>
    </>
  );
}
