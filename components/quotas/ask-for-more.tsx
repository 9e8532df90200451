"use client";

import { useFormatter, useTranslations } from "next-intl";
import { requestIncreaseAction } from "@/app/actions/quotas";
import { ActionForm } from "@/components/ui/action-form";
import { AlertActions } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import type { QuotaRow } from "@/lib/requests/quotas/schema";
import { dimensions, type Dimension } from "@/lib/vocabulary/quota-dimensions";

interface AskForMoreProps {
  room: QuotaRow;
  /** What would be needed, filled in where it is more than there is. */
  wanted?: Partial<Record<Dimension, number>> | undefined;
}

/** A request for more room, through the same funnel as everything else. */
export function AskForMore({ room, wanted = {} }: AskForMoreProps) {
  const t = useTranslations("quotas.increase");
  const limited = dimensions.filter((what) => (room.limits?.[what] ?? null) !== null);
  if (limited.length === 0) return null;
  const names = { system: room.systemName, environment: room.environment };
  return (
    <Dialog
      title={t("title", names)}
      description={t("text", names)}
      trigger={<Button size="sm">{t("open")}</Button>}
    >
      <ActionForm action={requestIncreaseAction} className="grid min-w-0 gap-4">
        <HiddenInputs values={{ systemId: room.systemId, environment: room.environment }} />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          {limited.map((what) => (
            <LimitField key={what} what={what} limit={room.limits?.[what] ?? 0} wanted={wanted[what]} />
          ))}
        </div>
        <Field name="reason" label={t("reason")} hint={t("reasonHint")} required>
          <Textarea rows={2} maxLength={2000} />
        </Field>
        <FormMessage visibleFields={[...limited, "reason"]} />
        <AlertActions>
          <SubmitButton>{t("submit")}</SubmitButton>
        </AlertActions>
      </ActionForm>
    </Dialog>
  );
}

function LimitField({ what, limit, wanted }: { what: Dimension; limit: number; wanted: number | undefined }) {
  const t = useTranslations("quotas");
  const { number } = useFormatter();
  return (
    <Field name={what} label={t(`field.${what}`)} hint={t("increase.now", { limit: number(limit) })}>
      <Input
        type="number"
        inputMode="decimal"
        min={0}
        step={what === "cpuCores" || what === "memoryGi" ? 0.1 : 1}
        defaultValue={wanted !== undefined && wanted > limit ? Math.ceil(wanted) : ""}
      />
    </Field>
  );
}
