import { useTranslations } from "next-intl";
import { extendVmAction, requestExtensionAction } from "@/app/actions/lifetimes";
import { DialogForm } from "@/components/clusters/dialog-form";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { LifetimeView } from "@/lib/requests/lifetimes/schema";

/** One click where the limits give it; beyond them, a request. */
export function ExtendLife({ life }: { life: LifetimeView }) {
  const t = useTranslations("lifetimes");
  if (life.expiresAt === null) return null;
  const isAsked = life.waiting.some(({ operation }) => operation === "EXTEND_VM");
  return (
    <>
      {life.extendableDays !== null && <ExtendNow vmId={life.vmId} days={life.extendableDays} />}
      {!isAsked && <AskLonger vmId={life.vmId} />}
      <span className="text-xs text-ink-faint">{t("left", { count: life.extensionsLeft })}</span>
    </>
  );
}

function ExtendNow({ vmId, days }: { vmId: string; days: number }) {
  const t = useTranslations("lifetimes");
  return (
    <ActionForm action={extendVmAction} successMessage={t("extended")} className="inline-flex">
      <HiddenInputs values={{ vmId, days: String(days) }} />
      <SubmitButton variant="secondary" size="sm">
        {t("extend", { days })}
      </SubmitButton>
    </ActionForm>
  );
}

function AskLonger({ vmId }: { vmId: string }) {
  const t = useTranslations("lifetimes");
  return (
    <Dialog
      title={t("askTitle")}
      trigger={
        <Button variant="ghost" size="sm">
          {t("askLonger")}
        </Button>
      }
    >
      <DialogForm
        action={requestExtensionAction}
        submitLabel={t("send")}
        successMessage={t("sent")}
        fields={["days", "reason"]}
        hidden={{ vmId }}
      >
        <Field name="days" label={t("days")} required>
          <Input type="number" min={1} max={3650} defaultValue={90} className="max-w-28" />
        </Field>
        <Field name="reason" label={t("reason")} hint={t("reasonHint")} required>
          <Textarea rows={3} maxLength={2000} />
        </Field>
      </DialogForm>
    </Dialog>
  );
}
