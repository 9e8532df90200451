import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/text-link";

interface PersonCellProps {
  displayName: string;
  username: string;
  isEnabled: boolean;
  isService?: boolean;
  /** Beside the name, such as "You". */
  note?: string | undefined;
  /** The account's page, for whoever may see it. */
  href?: string | undefined;
}

/** Who somebody is, and whether the account still works or is a program's. */
export function PersonCell({
  displayName,
  username,
  isEnabled,
  isService = false,
  note,
  href,
}: PersonCellProps) {
  const t = useTranslations("access");
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={displayName} />
      <span className="grid min-w-0">
        <span className="flex min-w-0 flex-wrap items-center gap-x-1.5">
          {href === undefined ? (
            <span className="min-w-0 truncate font-medium">{displayName}</span>
          ) : (
            <TextLink href={href} className="min-w-0 truncate font-medium text-ink">
              {displayName}
            </TextLink>
          )}
          {note && <Badge tone="info">{note}</Badge>}
          {isService && <Badge>{t("person.program")}</Badge>}
          {!isEnabled && <Badge tone="warning">{t("person.disabled")}</Badge>}
        </span>
        <span className="truncate text-xs text-ink-faint">{username}</span>
      </span>
    </span>
  );
}
