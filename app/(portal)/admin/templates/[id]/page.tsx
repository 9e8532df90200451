import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { holdsPermission } from "@/components/requests/holds-permission";
import { TemplatePage } from "@/components/templates/template-page";
import { listOwnPermissions } from "@/lib/access/queries";
import { listAudit } from "@/lib/audit/queries";
import { auditFilter } from "@/lib/audit/schema";
import { listTemplateVersions, readTemplate } from "@/lib/catalog/templates/queries";
import { listSampleSizes } from "../read-editor-offer";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates.list");
  return { title: t("title") };
}

export default async function TemplateDetailPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderTemplate(ctx, id));
}

const historyMax = 25;

async function renderTemplate(ctx: PersonContext, id: string) {
  const own = await listOwnPermissions(ctx);
  const history = auditFilter.parse({ resourceType: "template", resourceId: id, perPage: historyMax });
  const [template, versions, sizes, records] = await Promise.all([
    readTemplate(ctx, id),
    listTemplateVersions(ctx, id),
    listSampleSizes(ctx, own),
    holdsPermission(own, "audit:read") ? listAudit(ctx, history) : null,
  ]);
  return (
    <TemplatePage
      template={template}
      versions={versions}
      sizes={sizes}
      records={records?.items ?? null}
      mayWrite={holdsPermission(own, "template:write")}
    />
  );
}
