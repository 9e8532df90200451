import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showDenied, showPage } from "@/app/_http/show-page";
import { holdsPermission } from "@/components/requests/holds-permission";
import { emptyDraft } from "@/components/templates/template-draft";
import { TemplateEditor } from "@/components/templates/template-editor";
import { PageHeader } from "@/components/ui/page-header";
import { listOwnPermissions } from "@/lib/access/queries";
import { readEditorOffer } from "../read-editor-offer";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates.new");
  return { title: t("title") };
}

export default async function NewTemplatePage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderEditor(ctx));
}

async function renderEditor(ctx: PersonContext) {
  const t = await getTranslations("templates");
  const own = await listOwnPermissions(ctx);
  if (!holdsPermission(own, "template:write")) return showDenied(ctx, "template:write");
  const offer = await readEditorOffer(ctx, own);
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/admin/templates" }, { label: t("new.title") }]}
        title={t("new.title")}
        description={t("new.description")}
      />
      <TemplateEditor initial={emptyDraft} stored={null} offer={offer} />
    </div>
  );
}
