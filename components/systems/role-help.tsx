import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";

const lines = [
  { role: "viewer", help: "helpViewer" },
  { role: "member", help: "helpMember" },
  { role: "admin", help: "helpAdmin" },
  { role: "owner", help: "helpOwner" },
] as const;

/** What each role may do, weakest first, since each does what those before it do. */
export function RoleHelp() {
  const t = useTranslations("systems");
  return (
    <Card title={t("members.help")}>
      <dl className="grid gap-3 text-sm">
        {lines.map(({ role, help }) => (
          <div key={role}>
            <dt className="font-medium">{t(`role.${role}`)}</dt>
            <dd className="text-pretty text-ink-muted">{t(`members.${help}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 border-t pt-3 text-xs text-ink-faint">{t("members.nearest")}</p>
    </Card>
  );
}
