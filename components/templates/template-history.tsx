import { useTranslations } from "next-intl";
import { z } from "zod";
import { Card } from "@/components/ui/card";
import { TimeAgo } from "@/components/ui/time-ago";
import type { AuditRow } from "@/lib/audit/schema";

/** Who did what to the version, from the audit records; for those who may read them. */
export function TemplateHistory({ records }: { records: readonly AuditRow[] }) {
  const t = useTranslations("templates.history");
  return (
    <Card title={t("title")} flush={records.length > 0}>
      {records.length === 0 ? (
        <p className="text-sm text-ink-muted">{t("none")}</p>
      ) : (
        <ul className="divide-y text-sm">
          {records.map((record) => (
            <Entry key={record.id} record={record} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Entry({ record }: { record: AuditRow }) {
  const t = useTranslations("templates");
  const key = `history.did.${record.action.replace(/^template\./, "")}`;
  const changed = changedMembers(record.details).map((name) =>
    t.has(`member.${name}`) ? t(`member.${name}`) : name,
  );
  return (
    <li className="grid gap-0.5 px-4 py-2.5">
      <span className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span>
          <span className="font-medium">{record.actorName}</span> {t.has(key) ? t(key) : record.action}
        </span>
        <span className="text-xs text-ink-faint">
          <TimeAgo at={record.createdAt} />
        </span>
      </span>
      {changed.length > 0 && <span className="text-xs text-ink-muted">{changed.join(", ")}</span>}
    </li>
  );
}

const updateDetails = z.object({ changes: z.array(z.object({ field: z.string() })) });

function changedMembers(details: AuditRow["details"]): string[] {
  const read = updateDetails.safeParse(details);
  return read.success ? read.data.changes.map(({ field }) => field) : [];
}
