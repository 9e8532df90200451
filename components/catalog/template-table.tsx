import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { Tone } from "@/components/ui/tones";
import type { TemplateRow } from "@/lib/catalog/schema";

const looks: Record<string, { tone: Tone; icon: IconName }> = {
  draft: { tone: "neutral", icon: "pencil" },
  active: { tone: "success", icon: "done" },
  deprecated: { tone: "warning", icon: "archive" },
  archived: { tone: "neutral", icon: "archive" },
};

export function TemplateTable({ templates }: { templates: readonly TemplateRow[] }) {
  const t = useTranslations("catalog");
  return (
    <Table caption={t("templates.title")}>
      <TableHead>
        <HeadCell>{t("templates.column.name")}</HeadCell>
        <HeadCell>{t("templates.column.version")}</HeadCell>
        <HeadCell>{t("templates.column.status")}</HeadCell>
        <HeadCell>{t("templates.column.scope")}</HeadCell>
        <HeadCell>{t("templates.column.source")}</HeadCell>
        <HeadCell>{t("templates.column.created")}</HeadCell>
      </TableHead>
      <TableBody>
        {templates.map((template) => (
          <TableRow key={template.id}>
            <TableCell>
              <span className="font-medium">{template.displayName}</span>{" "}
              <span className="font-mono text-xs text-ink-faint">{template.name}</span>
            </TableCell>
            <TableCell label={t("templates.column.version")}>{template.version}</TableCell>
            <TableCell label={t("templates.column.status")}>
              <StatusBadge
                {...(looks[template.status] ?? { tone: "neutral", icon: "unknown" })}
                label={t(`status.${template.status}`)}
                look="plain"
              />
            </TableCell>
            <TableCell label={t("templates.column.scope")}>{t(`scope.${template.catalogScope}`)}</TableCell>
            <TableCell label={t("templates.column.source")}>{t(`source.${template.sourceType}`)}</TableCell>
            <TableCell label={t("templates.column.created")} className="text-ink-muted">
              <TimeAgo at={template.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
