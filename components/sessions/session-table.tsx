import { useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { Badge } from "@/components/ui/badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import { useBytes } from "@/components/vms/use-bytes";
import type { LiveSession } from "@/lib/console/schema";
import { SessionActions } from "./session-actions";

interface SessionTableProps {
  sessions: readonly LiveSession[];
  /** The sessions of one System need not name it. */
  withSystem: boolean;
}

/** Who is at which console now. */
export function SessionTable({ sessions, withSystem }: SessionTableProps) {
  const t = useTranslations("sessions");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("column.person")}</HeadCell>
        <HeadCell>{t("column.vm")}</HeadCell>
        <HeadCell>{t("column.mode")}</HeadCell>
        <HeadCell>{t("column.since")}</HeadCell>
        <HeadCell>{t("column.until")}</HeadCell>
        <HeadCell>{t("column.traffic")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("column.actions")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {sessions.map((session) => (
          <SessionRow key={session.jti} session={session} withSystem={withSystem} />
        ))}
      </TableBody>
    </Table>
  );
}

function SessionRow({ session, withSystem }: { session: LiveSession; withSystem: boolean }) {
  const t = useTranslations("sessions");
  return (
    <TableRow>
      <TableCell className="py-2">
        <span className="font-medium">{session.displayName}</span>
      </TableCell>
      <TableCell label={t("column.vm")} className="py-2">
        <MachineName session={session} withSystem={withSystem} />
      </TableCell>
      <TableCell label={t("column.mode")}>
        <SessionMode session={session} />
      </TableCell>
      <TableCell label={t("column.since")} className="text-ink-muted">
        <TimeAgo at={session.since} className="relative z-1" />
      </TableCell>
      <TableCell label={t("column.until")} className="text-ink-muted">
        {session.grantEndsAt === null ? (
          t("noEnd")
        ) : (
          <TimeAgo at={session.grantEndsAt} className="relative z-1" />
        )}
      </TableCell>
      <TableCell label={t("column.traffic")} className="text-ink-muted tabular-nums">
        <Traffic session={session} />
      </TableCell>
      <TableCell>
        <SessionActions session={session} />
      </TableCell>
    </TableRow>
  );
}

function MachineName({ session, withSystem }: { session: LiveSession; withSystem: boolean }) {
  return (
    <span className="grid min-w-0 gap-0.5">
      <span className="flex flex-wrap items-center gap-2">
        <RowLink href={`/vms/${session.vmId}`} className="font-mono text-[0.92em] break-all">
          {session.vmName}
        </RowLink>
        <EnvironmentBadge name={session.environment} />
      </span>
      {withSystem && <span className="text-xs text-ink-muted">{session.systemName}</span>}
    </span>
  );
}

function SessionMode({ session }: { session: LiveSession }) {
  const t = useTranslations("sessions");
  const { mode, consoleType, watchers, recorded } = session;
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Badge tone={mode === "control" ? "info" : "neutral"}>{t(`mode.${mode}`)}</Badge>
      <span className="text-ink-muted">{t(`type.${consoleType}`)}</span>
      {recorded && <Badge tone="danger">{t("recorded")}</Badge>}
      {watchers > 0 && <span className="text-xs text-ink-muted">{t("watchers", { count: watchers })}</span>}
    </span>
  );
}

function Traffic({ session }: { session: LiveSession }) {
  const t = useTranslations("sessions");
  const bytes = useBytes();
  return <>{t("traffic", { sent: bytes(session.bytesSent), received: bytes(session.bytesReceived) })}</>;
}
