import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import type { UserDetail } from "@/lib/identity/schema";
import { AccountStatus } from "./account-status";

export function AccountBadges({ user }: { user: UserDetail }) {
  const t = useTranslations("accounts.status");
  return (
    <>
      <AccountStatus enabled={user.enabled} />
      {user.isPlatformAdministrator && <Badge tone="info">{t("administrator")}</Badge>}
      {user.isSelf && <Badge>{t("self")}</Badge>}
    </>
  );
}

export function DisabledNotice({ user }: { user: UserDetail }) {
  const t = useTranslations("accounts.page");
  if (user.enabled) return null;
  return (
    <Callout tone="warning" title={t("disabledTitle")}>
      {t("disabledText")}
    </Callout>
  );
}
