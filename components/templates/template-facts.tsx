import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import type { TemplateDetail } from "@/lib/catalog/templates/schema";

/** What the version is and where its root disk comes from. */
export function TemplateFacts({ template }: { template: TemplateDetail }) {
  const t = useTranslations("templates");
  const catalog = useTranslations("catalog");
  const family = t(`os.${template.osFamily === "windows" ? "windows" : "linux"}`);
  return (
    <Card title={t("facts.title")}>
      <DescriptionList>
        {template.description && (
          <Description term={t("member.description")}>
            <span className="whitespace-pre-line">{template.description}</span>
          </Description>
        )}
        <Description term={t("column.system")}>
          {template.osVersion ? `${family} · ${template.osVersion}` : family}
        </Description>
        <Description term={t("column.scope")}>{catalog(`scope.${template.catalogScope}`)}</Description>
        {template.category && <Description term={t("member.category")}>{template.category}</Description>}
        <Description term={t("column.source")}>
          <span className="grid min-w-0 gap-0.5">
            {catalog(`source.${template.sourceType}`)}
            <Source template={template} />
          </span>
        </Description>
        <Description term={t("member.loginUser")}>
          {template.loginUser ? <code className="font-mono text-[0.92em]">{template.loginUser}</code> : "–"}
        </Description>
        <Description term={t("member.oneTimePassword")}>
          {t(template.oneTimePassword ? "facts.passwordGiven" : "facts.passwordNone")}
        </Description>
      </DescriptionList>
    </Card>
  );
}

function Source({ template }: { template: TemplateDetail }) {
  const { imageUrl, imageUpload, pvcNamespace, pvcName } = template;
  const uploads = useTranslations("uploads");
  if (imageUrl !== null) {
    return (
      <Copyable text={imageUrl} className="max-w-full">
        {imageUrl}
      </Copyable>
    );
  }
  const volume = `${pvcNamespace ?? "–"}/${pvcName ?? "–"}`;
  return (
    <>
      {imageUpload !== null && (
        <span className="flex flex-wrap items-center gap-2">
          <TextLink href={`/admin/images?q=${encodeURIComponent(imageUpload.displayName)}`}>
            {imageUpload.displayName}
          </TextLink>
          {imageUpload.status !== "READY" && (
            <Badge tone="warning">{uploads(`status.${imageUpload.status}`)}</Badge>
          )}
        </span>
      )}
      <Copyable text={volume} className="max-w-full" />
    </>
  );
}
