import { useTranslations } from "next-intl";
import { YamlBlock } from "@/components/adoption/yaml-block";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import type { AuditRow } from "@/lib/audit/schema";
import type { TemplateDetail, TemplateVersion } from "@/lib/catalog/templates/schema";
import { ExportCard } from "./export-card";
import { FieldTable } from "./field-table";
import { TemplateActions } from "./template-actions";
import { TemplateFacts } from "./template-facts";
import { TemplateHistory } from "./template-history";
import { TemplateLogo } from "./template-logo";
import { TemplateStatus } from "./template-status";
import { TilePicture } from "./tile-picture";
import { VersionTimeline } from "./version-timeline";

interface TemplatePageProps {
  template: TemplateDetail;
  versions: readonly TemplateVersion[];
  sizes: readonly { id: string; displayName: string }[];
  /** Null for those who may not read the audit records. */
  records: readonly AuditRow[] | null;
  mayWrite: boolean;
}

/** One version with everything that hangs on it; beside it the other versions of its name. */
export function TemplatePage({ template, versions, sizes, records, mayWrite }: TemplatePageProps) {
  const t = useTranslations("templates");
  return (
    <div className="grid min-w-0 gap-5">
      <TemplateHeader template={template} versions={versions} mayWrite={mayWrite} />
      <StateNotice template={template} />
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_23rem]">
        <div className="grid min-w-0 gap-5">
          <TemplateFacts template={template} />
          <FieldTable template={template} />
          <Card title={t("member.cloudInit")}>
            {template.cloudInit === "" ? (
              <p className="text-sm text-ink-muted">{t("cloudInit.empty")}</p>
            ) : (
              <YamlBlock code={template.cloudInit} label={t("member.cloudInit")} />
            )}
          </Card>
          {records !== null && <TemplateHistory records={records} />}
        </div>
        <div className="grid min-w-0 gap-5">
          <VersionTimeline versions={versions} currentId={template.id} />
          <Card title={t("tile.title")} description={t("tile.description")}>
            <TilePicture template={template} />
          </Card>
          <ExportCard templateId={template.id} sizes={sizes} />
        </div>
      </div>
    </div>
  );
}

type TemplateHeaderProps = Pick<TemplatePageProps, "template" | "versions" | "mayWrite">;

function TemplateHeader({ template, versions, mayWrite }: TemplateHeaderProps) {
  const t = useTranslations("templates");
  return (
    <PageHeader
      breadcrumbs={[{ label: t("list.title"), href: "/admin/templates" }, { label: template.displayName }]}
      title={
        <span className="flex min-w-0 items-center gap-3">
          <TemplateLogo template={template} size="lg" />
          <span className="min-w-0">{template.displayName}</span>
        </span>
      }
      badges={
        <>
          <TemplateStatus status={template.status} />
          <span className="text-sm text-ink-muted tabular-nums">
            {t("version", { version: template.version })}
          </span>
          <code className="font-mono text-xs text-ink-faint">{template.name}</code>
        </>
      }
      actions={
        <>
          {versions.length > 1 && (
            <LinkButton href={`/admin/templates/${template.id}/compare`} variant="ghost">
              {t("action.compare")}
            </LinkButton>
          )}
          {mayWrite && <TemplateActions template={template} versions={versions} />}
        </>
      }
    />
  );
}

/** What the state means for those who ask for machines. */
function StateNotice({ template }: { template: TemplateDetail }) {
  const t = useTranslations("templates.notice");
  const { status, catalogScope, deprecationMessage } = template;
  if (status === "draft") return <Callout title={t("draft")}>{t("draftDetail")}</Callout>;
  if (status === "deprecated")
    return (
      <Callout tone="warning" title={t("deprecated")}>
        {deprecationMessage}
      </Callout>
    );
  if (status === "archived") return <Callout tone="neutral" title={t("archived")} />;
  if (catalogScope === "unclassified")
    return (
      <Callout tone="warning" title={t("nowhere")}>
        {t("nowhereDetail")}
      </Callout>
    );
  return null;
}
