import { useTranslations } from "next-intl";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { Badge } from "@/components/ui/badge";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { AccessRow } from "@/lib/access/reviews/schema";

export function MembershipSection({ memberships }: { memberships: readonly AccessRow[] }) {
  const t = useTranslations("accounts.members");
  return (
    <Section title={t("title")} description={t("description")}>
      {memberships.length === 0 ? (
        <p className="text-sm text-ink-faint">{t("none")}</p>
      ) : (
        <Table caption={t("title")}>
          <TableHead>
            <HeadCell>{t("on")}</HeadCell>
            <HeadCell>{t("role")}</HeadCell>
            <HeadCell>{t("since")}</HeadCell>
            <HeadCell>{t("until")}</HeadCell>
          </TableHead>
          <TableBody>
            {memberships.map((membership) => (
              <MembershipRow key={membership.id} membership={membership} />
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}

const pages = { system: "systems", service: "services", vm: "vms" };

function MembershipRow({ membership }: { membership: AccessRow }) {
  const t = useTranslations("accounts");
  const { resourceType, resourceId, resourceName, roleId } = membership;
  const word = `members.${roleId}`;
  return (
    <TableRow>
      <TableCell>
        {resourceType && (
          <span className="inline-flex min-w-0 items-baseline gap-1.5">
            <TextLink href={`/${pages[resourceType]}/${resourceId ?? ""}`} className="font-medium">
              {resourceName}
            </TextLink>
            <span className="text-xs text-ink-faint">{t(`members.kind.${resourceType}`)}</span>
          </span>
        )}
      </TableCell>
      <TableCell label={t("members.role")}>
        <Badge>{t.has(word) ? t(word) : roleId}</Badge>
      </TableCell>
      <TableCell label={t("members.since")} className="text-ink-muted">
        <TimeAgo at={membership.since} />
      </TableCell>
      <TableCell label={t("members.until")} className="text-ink-muted">
        {membership.expiresAt ? <TimeAgo at={membership.expiresAt} /> : t("roles.forever")}
      </TableCell>
    </TableRow>
  );
}
