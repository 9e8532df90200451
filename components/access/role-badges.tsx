import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icon";
import type { RoleRow } from "@/lib/access/roles/schema";

/** What is out of the ordinary about a role: that it is built in, asks for more, or gives nothing. */
export function RoleBadges({ role }: { role: Pick<RoleRow, "isBuiltin" | "requireMfa" | "enabled"> }) {
  const t = useTranslations("access.roles");
  return (
    <span className="inline-flex flex-wrap gap-1">
      {role.isBuiltin && <Badge>{t("builtIn")}</Badge>}
      {role.requireMfa && (
        <Badge tone="info">
          <Icon name="shield-check" className="size-3" />
          {t("secondFactor")}
        </Badge>
      )}
      {!role.enabled && (
        <Badge tone="warning">
          <Icon name="ban" className="size-3" />
          {t("disabled")}
        </Badge>
      )}
    </span>
  );
}
