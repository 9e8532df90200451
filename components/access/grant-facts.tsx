import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { ExactTime } from "@/components/ui/exact-time";
import { Tooltip } from "@/components/ui/tooltip";

interface GrantSourceProps {
  source: string;
  by: string;
  groups?: readonly string[];
}

/** Where somebody's role came from, in a few words. */
export function GrantSource({ source, by, groups = [] }: GrantSourceProps) {
  const t = useTranslations("access.source");
  return <span>{t.has(source) ? t(source, { by, groups: groups.join(", ") }) : source}</span>;
}

/** The last day, or that there is none. */
export function GrantEnd({ at }: { at: Date | null }) {
  const t = useTranslations("access.expiry");
  if (at === null) return <span className="text-ink-faint">{t("never")}</span>;
  return <ExactTime at={at} style="date" />;
}

/** Names of environments; a role whose list is empty works in none. */
export function EnvironmentBadges({ environments }: { environments: readonly string[] }) {
  const t = useTranslations("access.environment");
  if (environments.length === 0) return <span className="text-xs text-ink-faint">{t("none")}</span>;
  return (
    <span className="inline-flex flex-wrap gap-1">
      {environments.slice(0, 3).map((environment) => (
        <Badge key={environment}>{environment}</Badge>
      ))}
      {environments.length > 3 && (
        <Tooltip text={environments.slice(3).join(", ")}>
          <span tabIndex={0} className="text-xs text-ink-muted">
            +{environments.length - 3}
          </span>
        </Tooltip>
      )}
    </span>
  );
}
