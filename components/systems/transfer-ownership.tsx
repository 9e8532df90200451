import { useTranslations } from "next-intl";
import { transferOwnershipAction } from "@/app/actions/access";
import { TypedConfirmation } from "@/components/access/typed-confirmation";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { Select } from "@/components/ui/select";
import type { MemberRow } from "@/lib/access/members/schema";
import { ClosingForm } from "./closing-form";

interface TransferOwnershipProps {
  system: { id: string; name: string };
  members: readonly MemberRow[];
  ownId: string;
  /** What the former owner becomes is asked of owners only. */
  isOwner: boolean;
}

/** Hands the system to another member, whose name the owner has to know and the system's name to type. */
export function TransferOwnership({ system, members, ownId, isOwner }: TransferOwnershipProps) {
  const t = useTranslations("systems");
  const heirs = members.filter(
    ({ userId, userEnabled, isService }) => userId !== ownId && userEnabled && !isService,
  );
  return (
    <AlertDialog
      trigger={<Button>{t("transfer.action")}</Button>}
      title={t("transfer.title", { name: system.name })}
      description={t(heirs.length > 0 ? "transfer.text" : "transfer.nobody")}
    >
      {heirs.length > 0 && (
        <ClosingForm action={transferOwnershipAction} successMessage={t("transfer.done")}>
          <HiddenInputs values={{ systemId: system.id }} />
          <Field name="userId" label={t("transfer.to")} hint={t("transfer.toHint")} required>
            <Select
              options={heirs.map(({ userId, displayName, username, role }) => ({
                value: userId,
                label: `${displayName} (${username}) · ${t(`role.${role}`)}`,
              }))}
            />
          </Field>
          {isOwner && <RemainAs />}
          <FormMessage visibleFields={["userId", "remainAs"]} />
          <TypedConfirmation name={system.name} confirmLabel={t("transfer.action")} />
        </ClosingForm>
      )}
    </AlertDialog>
  );
}

function RemainAs() {
  const t = useTranslations("systems");
  const roles = (["admin", "member", "viewer"] as const).map((role) => ({
    value: role,
    label: t(`role.${role}`),
  }));
  return (
    <Field name="remainAs" label={t("transfer.remain")} required>
      <Select options={[...roles, { value: "nothing", label: t("transfer.nothing") }]} />
    </Field>
  );
}
