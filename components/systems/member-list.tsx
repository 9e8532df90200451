import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import type { MemberRow } from "@/lib/access/members/schema";

interface MemberListProps {
  systemId: string;
  members: readonly MemberRow[];
}

/** The first few members, beside what they work on. */
export function MemberList({ systemId, members }: MemberListProps) {
  const t = useTranslations("systems");
  return (
    <Card
      title={t("detail.members")}
      actions={
        <TextLink href={`/systems/${systemId}/members`} className="text-xs">
          {t("detail.allMembers")}
        </TextLink>
      }
    >
      <ul className="grid gap-3">
        {members.map((member) => (
          <li key={member.userId} className="flex min-w-0 items-center gap-2.5 text-sm">
            <Avatar name={member.displayName} />
            <span className="grid min-w-0 flex-1">
              <span className="truncate">{member.displayName}</span>
              <span className="truncate text-xs text-ink-faint">{member.username}</span>
            </span>
            <Badge>{t(`role.${member.role}`)}</Badge>
          </li>
        ))}
      </ul>
    </Card>
  );
}
