import { useTranslations } from "next-intl";
import { disableUserAction, enableUserAction } from "@/app/actions/identity";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { RefusedButton } from "@/components/ui/refused-button";
import type { UserDetail } from "@/lib/identity/schema";
import { useAccountSource } from "./account-source";
import { EditAccount } from "./edit-account";
import { ResetPassword } from "./reset-password";
import { StartViewAs } from "./start-view-as";
import {
  refusalToDisable,
  refusalToEdit,
  refusalToReset,
  refusalToViewAs,
  type Reader,
  type Refusal,
} from "./user-refusals";

type ActionsProps = { user: UserDetail; reader: Reader };

/** What may be done with a person's account; what may not says why. */
export function UserActions({ user, reader }: ActionsProps) {
  return (
    <>
      <ViewAction user={user} reader={reader} />
      <EditAction user={user} reader={reader} />
      <ResetAction user={user} reader={reader} />
      <EnableOrDisable user={user} reader={reader} />
    </>
  );
}

/** The same for a program, which has no password and sees no pages. */
export function ServiceActions({ user, reader }: ActionsProps) {
  return (
    <>
      <EditAction user={user} reader={reader} />
      <EnableOrDisable user={user} reader={reader} />
    </>
  );
}

function useRefusalText(user: UserDetail) {
  const t = useTranslations("accounts.refused");
  const source = useAccountSource()(user);
  return (refusal: NonNullable<Refusal>) => t(refusal, { source });
}

function ViewAction({ user, reader }: ActionsProps) {
  const t = useTranslations("accounts.action");
  const refusalText = useRefusalText(user);
  const refusal = refusalToViewAs(user, reader);
  if (refusal) return <RefusedButton reason={refusalText(refusal)}>{t("viewAs")}</RefusedButton>;
  return <StartViewAs user={user} />;
}

function EditAction({ user, reader }: ActionsProps) {
  const t = useTranslations("accounts.action");
  const refusalText = useRefusalText(user);
  const refusal = refusalToEdit(user, reader);
  if (refusal) return <RefusedButton reason={refusalText(refusal)}>{t("edit")}</RefusedButton>;
  return <EditAccount user={user} />;
}

function ResetAction({ user, reader }: ActionsProps) {
  const t = useTranslations("accounts.action");
  const refusalText = useRefusalText(user);
  const refusal = refusalToReset(user, reader);
  if (refusal) return <RefusedButton reason={refusalText(refusal)}>{t("reset")}</RefusedButton>;
  return <ResetPassword user={user} />;
}

function EnableOrDisable({ user, reader }: ActionsProps) {
  const t = useTranslations("accounts.action");
  const refusalText = useRefusalText(user);
  const refusal = refusalToDisable(user, reader);
  const kind = user.enabled ? "disable" : "enable";
  if (refusal) return <RefusedButton reason={refusalText(refusal)}>{t(kind)}</RefusedButton>;
  const name = user.displayName;
  return (
    <ConfirmAction
      trigger={<Button variant={user.enabled ? "danger-quiet" : "primary"}>{t(kind)}</Button>}
      title={t(user.enabled ? "disableTitle" : "enableTitle", { name })}
      description={t(user.enabled ? "disableText" : "enableText")}
      confirmLabel={t(kind)}
      action={user.enabled ? disableUserAction : enableUserAction}
      hidden={{ userId: user.id }}
      tone={user.enabled ? "danger" : "primary"}
      successMessage={t(user.enabled ? "disabled" : "enabled", { name })}
    />
  );
}
