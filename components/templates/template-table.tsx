import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { CatalogueRow } from "@/lib/catalog/templates/schema";
import { groupVersions, type TemplateGroup } from "./group-versions";
import { TemplateLogo } from "./template-logo";
import { TemplateStatus } from "./template-status";

/** One row for each name; its versions stand in it, newest first. */
export function TemplateTable({ rows }: { rows: readonly CatalogueRow[] }) {
  const t = useTranslations("templates");
  return (
    <Table caption={t("list.title")}>
      <TableHead>
        <HeadCell>{t("column.template")}</HeadCell>
        <HeadCell>{t("column.system")}</HeadCell>
        <HeadCell>{t("column.source")}</HeadCell>
        <HeadCell>{t("column.scope")}</HeadCell>
        <HeadCell>{t("column.versions")}</HeadCell>
      </TableHead>
      <TableBody>
        {groupVersions(rows).map((group) => (
          <GroupRow key={group.name} group={group} />
        ))}
      </TableBody>
    </Table>
  );
}

function GroupRow({ group: { lead, versions } }: { group: TemplateGroup }) {
  const t = useTranslations("templates");
  const catalog = useTranslations("catalog");
  const family = t(`os.${lead.osFamily === "windows" ? "windows" : "linux"}`);
  const system = lead.osVersion ? `${family} · ${lead.osVersion}` : family;
  return (
    <TableRow>
      <TableCell className="py-2 sm:max-w-80">
        <span className="flex min-w-0 items-center gap-3">
          <TemplateLogo template={lead} />
          <span className="grid min-w-0">
            <RowLink href={`/admin/templates/${lead.id}`} className="truncate">
              {lead.displayName}
            </RowLink>
            <span className="truncate font-mono text-xs text-ink-faint">{lead.name}</span>
          </span>
        </span>
      </TableCell>
      <TableCell label={t("column.system")}>
        <span className="grid">
          {system}
          {lead.category && <span className="text-xs text-ink-faint">{lead.category}</span>}
        </span>
      </TableCell>
      <TableCell label={t("column.source")}>{catalog(`source.${lead.sourceType}`)}</TableCell>
      <TableCell label={t("column.scope")}>{catalog(`scope.${lead.catalogScope}`)}</TableCell>
      <TableCell label={t("column.versions")} className="py-2">
        <ul className="grid gap-1 max-sm:justify-items-end">
          {versions.map((version) => (
            <VersionLine key={version.id} version={version} />
          ))}
        </ul>
      </TableCell>
    </TableRow>
  );
}

/** Above the row's own link, so that each version can be opened by itself. */
function VersionLine({ version }: { version: CatalogueRow }) {
  const t = useTranslations("templates");
  const { vmCount, pendingCount } = version;
  return (
    <li className="relative flex flex-wrap items-center gap-x-2 gap-y-0.5 max-sm:justify-end">
      <Link
        href={`/admin/templates/${version.id}`}
        className="z-1 min-w-8 rounded-xs font-mono text-xs font-medium tabular-nums hover:underline hover:underline-offset-3"
      >
        {t("versionShort", { version: version.version })}
      </Link>
      <TemplateStatus status={version.status} look="plain" />
      {vmCount + pendingCount > 0 && (
        <span className="text-xs text-ink-faint tabular-nums">
          {[
            ...(vmCount > 0 ? [t("usage.vms", { count: vmCount })] : []),
            ...(pendingCount > 0 ? [t("usage.requests", { count: pendingCount })] : []),
          ].join(" · ")}
        </span>
      )}
    </li>
  );
}
