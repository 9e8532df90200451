import { useTranslations } from "next-intl";
import { AuditTable } from "@/components/audit/audit-table";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
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
        <AuditTable records={records} isBrief />
      )}
    </Section>
  );
}
