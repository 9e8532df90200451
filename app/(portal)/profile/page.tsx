import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { revokeSessionAction } from "@/app/actions/identity";
import { deviceName } from "@/components/identity/device-name";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { listOwnSessions } from "@/lib/identity/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("profile.title") };
}

export default async function ProfilePage() {
  const ctx = await requireContext();
  const t = await getTranslations("settings.profile");
  const sessions = await listOwnSessions(ctx);
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={<LinkButton href="/change-password">{t("changePassword")}</LinkButton>}
      />
      <Card title={t("account")}>
        <DescriptionList>
          <Description term={t("name")}>{ctx.actor.displayName}</Description>
          <Description term={t("username")}>{ctx.actor.username}</Description>
        </DescriptionList>
      </Card>
      <Section title={t("sessions")}>
        <Table caption={t("sessions")}>
          <TableHead>
            <HeadCell>{t("device")}</HeadCell>
            <HeadCell>{t("address")}</HeadCell>
            <HeadCell>{t("since")}</HeadCell>
            <HeadCell>{t("lastSeen")}</HeadCell>
            <HeadCell />
          </TableHead>
          <TableBody>
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} isCurrent={session.id === ctx.actor.sessionId} />
            ))}
          </TableBody>
        </Table>
      </Section>
    </>
  );
}

type Session = Awaited<ReturnType<typeof listOwnSessions>>[number];

async function SessionRow({ session, isCurrent }: { session: Session; isCurrent: boolean }) {
  const t = await getTranslations("settings.profile");
  return (
    <TableRow>
      <TableCell>
        <span title={session.userAgent ?? undefined}>{deviceName(session.userAgent)}</span>
      </TableCell>
      <TableCell label={t("address")} className="font-mono text-xs">
        {session.ip ?? "–"}
      </TableCell>
      <TableCell label={t("since")}>
        <TimeAgo at={session.createdAt} />
      </TableCell>
      <TableCell label={t("lastSeen")}>
        <TimeAgo at={session.lastSeenAt} />
      </TableCell>
      <TableCell>
        {isCurrent ? (
          <Badge>{t("current")}</Badge>
        ) : (
          <ConfirmAction
            trigger={<Button size="sm">{t("revoke")}</Button>}
            title={t("revokeTitle")}
            description={t("revokeText")}
            confirmLabel={t("revoke")}
            action={revokeSessionAction}
            hidden={{ sessionId: session.id }}
            tone="danger"
          />
        )}
      </TableCell>
    </TableRow>
  );
}
