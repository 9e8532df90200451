import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { TemplateTable } from "@/components/catalog/template-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listAllTemplates } from "@/lib/catalog/templates/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("catalog");
  return { title: t("templates.title") };
}

export default async function TemplatesPage() {
  const ctx = await requireContext();
  return showPage(ctx, async () => {
    const t = await getTranslations("catalog");
    const templates = await listAllTemplates(ctx);
    return (
      <>
        <PageHeader title={t("templates.title")} description={t("templates.description")} />
        {templates.length > 0 ? (
          <TemplateTable templates={templates} />
        ) : (
          <Card flush>
            <EmptyState icon="layers" title={t("templates.empty")}>
              {t("templates.emptyExplanation")}
            </EmptyState>
          </Card>
        )}
      </>
    );
  });
}
