import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { SizeTable } from "@/components/catalog/size-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listAllSizes } from "@/lib/catalog/sizes/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("catalog");
  return { title: t("sizes.title") };
}

export default async function SizesPage() {
  const ctx = await requireContext();
  return showPage(ctx, async () => {
    const t = await getTranslations("catalog");
    const sizes = await listAllSizes(ctx);
    return (
      <>
        <PageHeader title={t("sizes.title")} description={t("sizes.description")} />
        {sizes.length > 0 ? (
          <SizeTable sizes={sizes} />
        ) : (
          <Card flush>
            <EmptyState icon="cpu" title={t("sizes.empty")}>
              {t("sizes.emptyExplanation")}
            </EmptyState>
          </Card>
        )}
      </>
    );
  });
}
