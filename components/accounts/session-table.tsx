import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { deviceName } from "@/components/identity/device-name";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SessionRow } from "@/lib/identity/schema";

type SessionTableProps = {
  sessions: readonly SessionRow[];
  /** The button that ends it; not asked for the session that reads this. */
  revoke: (session: SessionRow) => ReactNode;
};

export function SessionTable({ sessions, revoke }: SessionTableProps) {
  const t = useTranslations("accounts.sessions");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("device")}</HeadCell>
        <HeadCell>{t("address")}</HeadCell>
        <HeadCell>{t("by")}</HeadCell>
        <HeadCell>{t("since")}</HeadCell>
        <HeadCell>{t("lastSeen")}</HeadCell>
        <HeadCell />
      </TableHead>
      <TableBody>
        {sessions.map((session) => (
          <SessionTableRow
            key={session.id}
            session={session}
            action={session.isCurrent ? null : revoke(session)}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function SessionTableRow({ session, action }: { session: SessionRow; action: ReactNode }) {
  const t = useTranslations("accounts.sessions");
  return (
    <TableRow>
      <TableCell className="py-1.5 font-medium">
        <span title={session.userAgent ?? undefined}>{deviceName(session.userAgent)}</span>
      </TableCell>
      <TableCell label={t("address")} className="font-mono text-xs">
        {session.ip ?? "–"}
      </TableCell>
      <TableCell label={t("by")} className="text-ink-muted">
        <SignInWay session={session} />
      </TableCell>
      <TableCell label={t("since")} className="text-ink-muted">
        <TimeAgo at={session.createdAt} />
      </TableCell>
      <TableCell label={t("lastSeen")} className="text-ink-muted">
        <TimeAgo at={session.lastSeenAt} />
      </TableCell>
      <TableCell className="py-1.5 sm:text-right">
        {session.isCurrent ? <Badge tone="success">{t("current")}</Badge> : action}
      </TableCell>
    </TableRow>
  );
}

/** "Password + second factor"; a provider stands there by its name. */
function SignInWay({ session: { provider, mfaAt } }: { session: SessionRow }) {
  const t = useTranslations("accounts.sessions");
  const way = provider === "local" ? t("password") : provider;
  return mfaAt === null ? way : `${way} + ${t("mfa")}`;
}
