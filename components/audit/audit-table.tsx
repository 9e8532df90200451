import { useTranslations } from "next-intl";
import { CodeBlock } from "@/components/ui/code-block";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { AuditRow } from "@/lib/audit/schema";

type AuditTableProps = {
  records: readonly AuditRow[];
  /** Where all of them are about one thing, what they are on needs no column, and details stay in the log. */
  isBrief?: boolean;
};

export function AuditTable({ records, isBrief = false }: AuditTableProps) {
  const t = useTranslations("audit");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("column.when")}</HeadCell>
        <HeadCell>{t("column.who")}</HeadCell>
        <HeadCell>{t("column.action")}</HeadCell>
        {!isBrief && <HeadCell>{t("column.resource")}</HeadCell>}
        <HeadCell>{t("column.outcome")}</HeadCell>
        <HeadCell>{t("column.where")}</HeadCell>
        {!isBrief && <HeadCell>{t("column.details")}</HeadCell>}
      </TableHead>
      <TableBody>
        {records.map((record) => (
          <AuditTableRow key={record.id} record={record} isBrief={isBrief} />
        ))}
      </TableBody>
    </Table>
  );
}

function AuditTableRow({ record, isBrief }: { record: AuditRow; isBrief: boolean }) {
  const t = useTranslations("audit");
  const succeeded = record.outcome === "success";
  return (
    <TableRow>
      <TableCell className="whitespace-nowrap text-ink-muted">
        <TimeAgo at={record.createdAt} />
      </TableCell>
      <TableCell label={t("column.who")}>{record.actorName}</TableCell>
      <TableCell label={t("column.action")} className="font-mono text-xs">
        {record.action}
      </TableCell>
      {!isBrief && (
        <TableCell label={t("column.resource")}>
          <span className="min-w-0 break-words">
            <span className="text-ink-faint">{record.resourceType}</span>{" "}
            <span className="font-mono text-xs">{record.resourceName ?? record.resourceId}</span>
          </span>
        </TableCell>
      )}
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
      {!isBrief && (
        <TableCell label={t("column.details")}>
          <details>
            <summary className="cursor-pointer text-accent-ink">{t("show")}</summary>
            <CodeBlock
              code={JSON.stringify({ ...record.details, request_id: record.correlationId }, null, 2)}
              maxHeight="short"
            />
          </details>
        </TableCell>
      )}
    </TableRow>
  );
}
