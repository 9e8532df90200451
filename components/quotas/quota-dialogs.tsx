import { useFormatter, useTranslations } from "next-intl";
import { removeQuotaAction, setQuotaAction } from "@/app/actions/quotas";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { QuotaRow } from "@/lib/requests/quotas/schema";
import { dimensions } from "@/lib/vocabulary/quota-dimensions";

export function SetQuota({ room }: { room: QuotaRow }) {
  const t = useTranslations("quotas");
  const { number } = useFormatter();
  const names = { system: room.systemName, environment: room.environment };
  return (
    <Dialog
      title={t("set.title", names)}
      description={t("set.hint")}
      trigger={
        <Button variant="ghost" size="sm">
          {t("set.open")}
        </Button>
      }
    >
      <DialogForm
        action={setQuotaAction}
        submitLabel={t("set.submit")}
        successMessage={t("set.done")}
        fields={dimensions}
        hidden={{
          ...{ systemId: room.systemId, environment: room.environment },
          revision: String(room.revision),
        }}
      >
        <div className="grid items-start gap-4 sm:grid-cols-2">
          {dimensions.map((what) => (
            <Field
              key={what}
              name={what}
              label={t(`field.${what}`)}
              hint={t("set.held", { amount: number(room.used[what], { maximumFractionDigits: 1 }) })}
            >
              <Input
                type="number"
                inputMode="decimal"
                min={0}
                step={what === "cpuCores" || what === "memoryGi" ? 0.1 : 1}
                defaultValue={room.limits?.[what] ?? ""}
              />
            </Field>
          ))}
        </div>
      </DialogForm>
    </Dialog>
  );
}

export function RemoveQuota({ room }: { room: QuotaRow }) {
  const t = useTranslations("quotas.remove");
  if (room.limits === null) return null;
  return (
    <ConfirmAction
      title={t("title", { system: room.systemName, environment: room.environment })}
      description={t("text")}
      confirmLabel={t("submit")}
      successMessage={t("done")}
      action={removeQuotaAction}
      hidden={{ systemId: room.systemId, environment: room.environment }}
      trigger={
        <Button variant="ghost" size="sm">
          {t("open")}
        </Button>
      }
    />
  );
}
