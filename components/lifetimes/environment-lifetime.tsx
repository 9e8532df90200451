import { useTranslations } from "next-intl";
import { setEnvironmentLifetimeAction } from "@/app/actions/lifetimes";
import { DialogForm } from "@/components/clusters/dialog-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { EnvironmentLifetime } from "@/lib/requests/lifetimes/schema";

type Limits = Omit<EnvironmentLifetime, "environment">;
const without: Limits = { defaultDays: null, longestDays: null, graceDays: 7 };

export function LifetimeWords({ limits }: { limits: Limits | undefined }) {
  const t = useTranslations("lifetimes.environment");
  const { defaultDays, longestDays } = limits ?? without;
  return (
    <span className="grid text-xs">
      <span>{defaultDays === null ? t("none") : t("value", { days: defaultDays })}</span>
      {longestDays !== null && <span className="text-ink-faint">{t("atMost", { days: longestDays })}</span>}
    </span>
  );
}

/** How long new machines of an environment live. */
export function EditLifetime({
  environment,
  limits = without,
}: {
  environment: { name: string; displayName: string };
  limits?: Limits | undefined;
}) {
  const t = useTranslations("lifetimes.environment");
  return (
    <Dialog
      title={t("title", { name: environment.displayName })}
      trigger={
        <Button variant="ghost" size="sm">
          {t("edit")}
        </Button>
      }
    >
      <DialogForm
        action={setEnvironmentLifetimeAction}
        submitLabel={t("edit")}
        successMessage={t("saved")}
        fields={["defaultDays", "longestDays", "graceDays"]}
        hidden={{ environment: environment.name }}
      >
        <Field name="defaultDays" label={t("defaultDays")} hint={t("defaultHint")} optional>
          <Input
            type="number"
            min={1}
            max={3650}
            defaultValue={limits.defaultDays ?? ""}
            className="max-w-28"
          />
        </Field>
        <Field name="longestDays" label={t("longestDays")} hint={t("longestHint")} optional>
          <Input
            type="number"
            min={1}
            max={3650}
            defaultValue={limits.longestDays ?? ""}
            className="max-w-28"
          />
        </Field>
        <Field name="graceDays" label={t("graceDays")} required>
          <Input type="number" min={0} max={365} defaultValue={limits.graceDays} className="max-w-28" />
        </Field>
      </DialogForm>
    </Dialog>
  );
}
