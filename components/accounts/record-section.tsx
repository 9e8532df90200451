import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { AuditRow } from "@/lib/audit/schema";

type RecordSectionProps = { user: { id: string; username: string }; records: readonly AuditRow[] };

export function RecordSection({ user, records }: RecordSectionProps) {
  const t = useTranslations("accounts.records");
  return (
    <Section
      title={t("title")}
      description={t("description")}
      actions={
        <span className="flex flex-wrap gap-4 text-sm">
          <TextLink href={`/admin/audit?resourceType=user&resourceId=${user.id}`}>{t("about")}</TextLink>
          <TextLink href={`/admin/audit?actor=${encodeURIComponent(user.username)}`}>{t("by")}</TextLink>
        </span>
      }
    >
      {records.length === 0 ? (
        <p className="text-sm text-ink-faint">{t("none")}</p>
      ) : (
        <RecordTable records={records} />
      )}
    </Section>
  );
}

/** All of them are about this account, so what they are on needs no column. */
function RecordTable({ records }: { records: readonly AuditRow[] }) {
  const t = useTranslations("audit");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("column.when")}</HeadCell>
        <HeadCell>{t("column.who")}</HeadCell>
        <HeadCell>{t("column.action")}</HeadCell>
        <HeadCell>{t("column.outcome")}</HeadCell>
        <HeadCell>{t("column.where")}</HeadCell>
      </TableHead>
      <TableBody>
        {records.map((record) => (
          <RecordRow key={record.id} record={record} />
        ))}
      </TableBody>
    </Table>
  );
}

function RecordRow({ record }: { record: AuditRow }) {
  const t = useTranslations("audit");
  const succeeded = record.outcome === "success";
  return (
    <TableRow>
      <TableCell className="text-ink-muted">
        <TimeAgo at={record.createdAt} />
      </TableCell>
      <TableCell label={t("column.who")}>{record.actorName}</TableCell>
      <TableCell label={t("column.action")} className="font-mono text-xs">
        {record.action}
      </TableCell>
      <TableCell label={t("column.outcome")}>
        <StatusBadge
          tone={succeeded ? "success" : "danger"}
          icon={succeeded ? "done" : "failed"}
          label={t(succeeded ? "outcome.success" : "outcome.failure")}
          look="plain"
        />
      </TableCell>
      <TableCell label={t("column.where")} className="font-mono text-xs text-ink-muted">
        {record.ipAddress ?? "–"}
      </TableCell>
    </TableRow>
  );
}
