import { useTranslations } from "next-intl";
import {
  revokeOtherSessionsAction,
  revokeSessionAction,
  revokeUserSessionAction,
} from "@/app/actions/identity";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";

type EndSessionProps = {
  sessionId: string;
  /** Whose it is, where it is not one's own. */
  userId?: string | undefined;
};

export function EndSession({ sessionId, userId }: EndSessionProps) {
  const t = useTranslations("accounts.sessions");
  return (
    <ConfirmAction
      trigger={<Button size="sm">{t("revoke")}</Button>}
      title={t("revokeTitle")}
      description={t("revokeText")}
      confirmLabel={t("revoke")}
      action={userId === undefined ? revokeSessionAction : revokeUserSessionAction}
      hidden={userId === undefined ? { sessionId } : { sessionId, userId }}
      tone="danger"
      successMessage={t("revoked")}
    />
  );
}

export function EndOtherSessions() {
  const t = useTranslations("accounts.sessions");
  return (
    <ConfirmAction
      trigger={<Button variant="danger-quiet">{t("revokeOthers")}</Button>}
      title={t("revokeOthersTitle")}
      description={t("revokeOthersText")}
      confirmLabel={t("revokeOthers")}
      action={revokeOtherSessionsAction}
      tone="danger"
      successMessage={t("revokedOthers")}
    />
  );
}
