import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { ExactTime } from "@/components/ui/exact-time";
import { TimeAgo } from "@/components/ui/time-ago";
import type { UserDetail } from "@/lib/identity/schema";
import { AccountSource } from "./account-source";

export function AccountFacts({ user }: { user: UserDetail }) {
  const t = useTranslations("accounts");
  const isService = user.authType === "service";
  return (
    <Card title={t("page.facts")}>
      <DescriptionList>
        <Description term={t("field.username")}>
          <Copyable text={user.username} />
        </Description>
        {!isService && <Description term={t("field.email")}>{user.email ?? t("none")}</Description>}
        <Description term={t("field.source")}>
          <AccountSource account={user} />
        </Description>
        {user.authType === "local" && <PasswordFact user={user} />}
        {!isService && (
          <Description term={t("field.lastLogin")}>
            {user.lastLoginAt ? <TimeAgo at={user.lastLoginAt} /> : t("never")}
          </Description>
        )}
        <Description term={t("field.created")}>
          <TimeAgo at={user.createdAt} />
        </Description>
        {user.createdBy && <Description term={t("field.createdBy")}>{user.createdBy}</Description>}
        {user.disabledAt && (
          <Description term={t("field.disabled")}>
            <TimeAgo at={user.disabledAt} />
          </Description>
        )}
      </DescriptionList>
    </Card>
  );
}

/** Only what is out of the ordinary about it. */
function PasswordFact({ user: { mustChangePassword, openLinkUntil } }: { user: UserDetail }) {
  const t = useTranslations("accounts");
  if (!mustChangePassword && openLinkUntil === null) return null;
  return (
    <Description term={t("field.password")}>
      {openLinkUntil ? (
        t.rich("page.openLink", { time: () => <ExactTime at={openLinkUntil} style="short" /> })
      ) : (
        <Badge tone="warning">{t("page.mustChange")}</Badge>
      )}
    </Description>
  );
}
