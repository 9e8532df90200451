import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TimeAgo } from "@/components/ui/time-ago";
import type { RoleDetail } from "@/lib/access/roles/schema";
import { BuiltInMfa } from "./built-in-mfa";

/** A role's facts, why it stays as it is, and what can be set about it. */
export function RoleAside({ role, manages }: { role: RoleDetail; manages: boolean }) {
  const t = useTranslations("access");
  return (
    <div className="grid min-w-0 gap-4">
      {!role.enabled && (
        <Callout tone="warning" title={t("role.disabledTitle")}>
          {t("role.disabledText")}
        </Callout>
      )}
      <Card>
        <DescriptionList>
          <Description term={t("role.technicalName")}>
            <Copyable text={role.name} />
          </Description>
          <Description term={t("roles.holders")}>
            {t("count.holders", { count: role.holderCount })}
          </Description>
          <Description term={t("roles.secondFactor")}>
            {t(role.requireMfa ? "roles.required" : "roles.notRequired")}
          </Description>
          <Description term={t("roles.changed")}>
            <TimeAgo at={role.updatedAt} />
          </Description>
        </DescriptionList>
      </Card>
      {role.isBuiltin && manages && (
        <>
          <Callout tone="neutral" title={t("role.builtInTitle")}>
            {t("role.builtInText")}
          </Callout>
          <BuiltInMfa roleId={role.id} requireMfa={role.requireMfa} />
        </>
      )}
      {!manages && <Callout tone="neutral">{t("role.readOnlyText")}</Callout>}
    </div>
  );
}
