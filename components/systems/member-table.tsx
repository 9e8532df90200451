import { useTranslations } from "next-intl";
import { GrantEnd, GrantSource } from "@/components/access/grant-facts";
import { PersonCell } from "@/components/access/person-cell";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { MemberPowers, MemberRow } from "@/lib/access/members/schema";
import { MemberActions } from "./member-actions";
import type { MemberPlace } from "./member-place";

interface MemberTableProps {
  members: readonly MemberRow[];
  place: MemberPlace;
  powers: MemberPowers;
  ownId: string;
  /** When each was last active here; null for whoever may not know. */
  lastUsed: ReadonlyMap<string, Date | null> | null;
}

export function MemberTable({ members, place, powers, ownId, lastUsed }: MemberTableProps) {
  const t = useTranslations("systems.members");
  const lasting = members.filter(({ role, expiresAt }) => role === "owner" && expiresAt === null);
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell className="w-full">{t("person")}</HeadCell>
        <HeadCell>{t("role")}</HeadCell>
        <HeadCell>{t("since")}</HeadCell>
        <HeadCell>{t("from")}</HeadCell>
        <HeadCell>{t("expires")}</HeadCell>
        {lastUsed && <HeadCell>{t("lastUsed")}</HeadCell>}
        <HeadCell>
          <span className="sr-only">{t("actions")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {members.map((member) => (
          <MemberTableRow
            key={member.userId}
            member={member}
            place={place}
            powers={powers}
            isSelf={member.userId === ownId}
            isLastOwner={lasting.length === 1 && lasting[0] === member}
            lastUsed={lastUsed}
          />
        ))}
      </TableBody>
    </Table>
  );
}

type MemberTableRowProps = Omit<MemberTableProps, "members" | "ownId"> & {
  member: MemberRow;
  isSelf: boolean;
  isLastOwner: boolean;
};

function MemberTableRow({ lastUsed, ...row }: MemberTableRowProps) {
  const t = useTranslations("systems");
  const { member, isSelf } = row;
  return (
    <TableRow>
      <TableCell className="py-2">
        <PersonCell
          displayName={member.displayName}
          username={member.username}
          isEnabled={member.userEnabled}
          isService={member.isService}
          note={isSelf ? t("members.you") : undefined}
        />
      </TableCell>
      <TableCell label={t("members.role")}>
        <Badge tone={member.role === "owner" ? "info" : "neutral"}>{t(`role.${member.role}`)}</Badge>
      </TableCell>
      <TableCell label={t("members.since")} className="text-ink-muted">
        <TimeAgo at={member.since} />
      </TableCell>
      <TableCell label={t("members.from")} className="text-ink-muted">
        <MemberOrigin member={member} />
      </TableCell>
      <TableCell label={t("members.expires")} className="text-ink-muted">
        <GrantEnd at={member.expiresAt} />
      </TableCell>
      {lastUsed && (
        <TableCell label={t("members.lastUsed")} className="text-ink-muted">
          <LastUsed at={lastUsed.get(member.userId) ?? null} />
        </TableCell>
      )}
      <TableCell className="max-sm:empty:hidden">
        <MemberActions {...row} />
      </TableCell>
    </TableRow>
  );
}

function MemberOrigin({ member }: { member: MemberRow }) {
  const t = useTranslations("systems.members");
  if (member.isInherited) {
    return <span>{t("inherited", { type: member.resourceType, name: member.resourceName })}</span>;
  }
  const source = <GrantSource source={member.source} by={member.grantedByName} />;
  if (member.ticketId === null) return source;
  return <TextLink href={`/requests/${member.ticketId}`}>{source}</TextLink>;
}

function LastUsed({ at }: { at: Date | null }) {
  const t = useTranslations("access.review");
  return at === null ? <span className="text-ink-faint">{t("never")}</span> : <TimeAgo at={at} />;
}
