import { useTranslations } from "next-intl";
import { grantExemptionAction, revokeExemptionAction, setOverrideAction } from "@/app/actions/batches";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { LimitedPerson } from "@/lib/batches/limits/schema";

export function GrantExemption() {
  const t = useTranslations("batches.limits");
  return (
    <ConfirmAction
      trigger={<Button>{t("exempt")}</Button>}
      title={t("exemptTitle")}
      description={t("exemptText")}
      confirmLabel={t("exemptConfirm")}
      action={grantExemptionAction}
      successMessage={t("exempted")}
    >
      <UserField />
      <Field name="days" label={t("days")} required>
        <Input type="number" inputMode="numeric" min={1} max={90} defaultValue={7} className="w-24" />
      </Field>
      <ReasonField />
    </ConfirmAction>
  );
}

const numbers = ["maxPendingParents", "maxPendingChildren", "cooldownSeconds"] as const;

/** For anybody, or with the numbers that one person has already. */
export function SetOverride({ person }: { person?: LimitedPerson | undefined }) {
  const t = useTranslations("batches.limits");
  return (
    <ConfirmAction
      trigger={<Button size={person && "sm"}>{t("override")}</Button>}
      title={t("overrideTitle")}
      description={t("overrideText")}
      confirmLabel={t("overrideConfirm")}
      action={setOverrideAction}
      hidden={person && { userId: person.userId }}
      successMessage={t("overridden")}
    >
      {person === undefined && <UserField />}
      <div className="grid gap-3 sm:grid-cols-3">
        {numbers.map((name) => (
          <Field key={name} name={name} label={t(name)} optional>
            <Input
              type="number"
              inputMode="numeric"
              min={0}
              max={10_000}
              defaultValue={person?.override?.[name] ?? undefined}
            />
          </Field>
        ))}
      </div>
      <ReasonField />
    </ConfirmAction>
  );
}

export function RevokeExemption({ person }: { person: LimitedPerson }) {
  const t = useTranslations("batches.limits");
  return (
    <ConfirmAction
      trigger={<Button size="sm">{t("revoke")}</Button>}
      title={t("revokeTitle", { name: person.displayName })}
      description={t("revokeText")}
      confirmLabel={t("revoke")}
      action={revokeExemptionAction}
      hidden={{ userId: person.userId }}
    />
  );
}

function UserField() {
  const t = useTranslations("batches.limits");
  return (
    <Field name="userId" label={t("user")} required>
      <Input autoComplete="off" autoCapitalize="none" spellCheck={false} />
    </Field>
  );
}

function ReasonField() {
  const t = useTranslations("batches.limits");
  return (
    <Field name="reason" label={t("reason")} required>
      <Textarea rows={2} maxLength={2000} />
    </Field>
  );
}
