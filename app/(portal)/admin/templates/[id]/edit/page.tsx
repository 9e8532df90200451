import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showDenied, showPage } from "@/app/_http/show-page";
import { holdsPermission } from "@/components/requests/holds-permission";
import { draftOf } from "@/components/templates/template-draft";
import { TemplateEditor } from "@/components/templates/template-editor";
import { TemplateStatus } from "@/components/templates/template-status";
import { PageHeader } from "@/components/ui/page-header";
import { listOwnPermissions } from "@/lib/access/queries";
import { readTemplate } from "@/lib/catalog/templates/queries";
import { readEditorOffer } from "../../read-editor-offer";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates.edit");
  return { title: t("title") };
}

export default async function EditTemplatePage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderEditor(ctx, id));
}

/** Only a draft is edited; every other version is looked at. */
async function renderEditor(ctx: PersonContext, id: string) {
  const t = await getTranslations("templates");
  const own = await listOwnPermissions(ctx);
  if (!holdsPermission(own, "template:write")) return showDenied(ctx, "template:write");
  const [template, offer] = await Promise.all([readTemplate(ctx, id), readEditorOffer(ctx, own)]);
  if (template.status !== "draft") redirect(`/admin/templates/${id}`);
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        breadcrumbs={[
          { label: t("list.title"), href: "/admin/templates" },
          { label: template.displayName, href: `/admin/templates/${id}` },
          { label: t("edit.title") },
        ]}
        title={t("edit.of", { name: template.displayName, version: template.version })}
        badges={<TemplateStatus status={template.status} />}
      />
      <TemplateEditor
        initial={draftOf(template)}
        stored={{ id, revision: template.revision }}
        offer={offer}
      />
    </div>
  );
}
