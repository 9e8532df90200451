import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

const shownMax = 2;

/** The first few by name; the rest as a number that names them on hover. */
export function RoleNames({ roles }: { roles: readonly { id: string; displayName: string }[] }) {
  const t = useTranslations("accounts");
  if (roles.length === 0) return <span className="text-ink-faint">{t("none")}</span>;
  const rest = roles.slice(shownMax);
  return (
    <span className="inline-flex flex-wrap gap-1">
      {roles.slice(0, shownMax).map((role) => (
        <Badge key={role.id}>{role.displayName}</Badge>
      ))}
      {rest.length > 0 && (
        <span title={rest.map((role) => role.displayName).join(", ")}>
          <Badge>+{rest.length}</Badge>
        </span>
      )}
    </span>
  );
}
