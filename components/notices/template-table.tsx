import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { TemplateRow } from "@/lib/notifications/templates/schema";

/** One row per kind, with both languages in it. */
export function TemplateTable({ templates }: { templates: readonly TemplateRow[] }) {
  const t = useTranslations("notices");
  const names = [...new Set(templates.map(({ name }) => name))];
  return (
    <Table caption={t("texts.title")}>
      <TableHead>
        <HeadCell>{t("texts.kind")}</HeadCell>
        <HeadCell className="w-1/2">{"English"}</HeadCell>
        <HeadCell className="w-1/2">{"简体中文"}</HeadCell>
      </TableHead>
      <TableBody>
        {names.map((name) => (
          <TableRow key={name}>
            <TableCell label={t("texts.kind")} className="font-medium">
              {t(`text.${name}`)}
            </TableCell>
            <SubjectCell
              label={"English"}
              template={templates.find((one) => one.name === name && one.locale === "en")}
            />
            <SubjectCell
              label={"简体中文"}
              template={templates.find((one) => one.name === name && one.locale === "zh-CN")}
            />
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function SubjectCell({ label, template }: { label: string; template: TemplateRow | undefined }) {
  const t = useTranslations("notices.texts");
  if (template === undefined) return <TableCell label={label} />;
  return (
    <TableCell label={label} className="max-w-0 max-sm:max-w-none">
      <span className="flex min-w-0 items-center gap-2">
        <TextLink
          href={`/admin/notices/texts/${template.name}/${template.locale}`}
          className="min-w-0 truncate"
        >
          {template.subject}
        </TextLink>
        {template.isOwn && <Badge tone="info">{t("own")}</Badge>}
      </span>
    </TableCell>
  );
}
