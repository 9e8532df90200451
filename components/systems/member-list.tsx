import { useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { TimeAgo } from "@/components/ui/time-ago";
import type { MemberRow } from "@/lib/systems/schema";

export function MemberList({ members }: { members: readonly MemberRow[] }) {
  const t = useTranslations("systems");
  return (
    <Card title={t("detail.members")}>
      <ul className="grid gap-3">
        {members.map((member) => (
          <li key={member.userId} className="flex min-w-0 items-center gap-2 text-sm">
            <Avatar name={member.displayName} />
            <span className="min-w-0 flex-1">
              <span className="block truncate">{member.displayName}</span>
              <span className="block text-xs text-ink-faint">
                {member.username} · {t("detail.since")} <TimeAgo at={member.since} />
              </span>
            </span>
            <Badge>{t(`role.${member.role}`)}</Badge>
          </li>
        ))}
      </ul>
    </Card>
  );
}
