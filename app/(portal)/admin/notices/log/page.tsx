import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { DeliveryTable } from "@/components/notices/delivery-table";
import { NoticeTabs } from "@/components/notices/notice-tabs";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listDeliveries } from "@/lib/notifications/deliveries/queries";
import { deliveryStates } from "@/lib/notifications/deliveries/rules";
import { deliveryFilter } from "@/lib/notifications/deliveries/schema";
import { media } from "@/lib/notifications/rules";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices.delivery");
  return { title: t("title") };
}

export default async function DeliveriesPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderDeliveries(ctx, search));
}

async function renderDeliveries(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("notices");
  const page = await listDeliveries(ctx, readSearch(deliveryFilter, search));
  return (
    <>
      <PageHeader title={t("page.title")} description={t("page.description")} />
      <NoticeTabs />
      <FilterBar
        filters={[
          {
            name: "status",
            label: t("delivery.anyStatus"),
            options: deliveryStates.map((value) => ({ value, label: t(`delivery.state.${value}`) })),
          },
          {
            name: "medium",
            label: t("delivery.anyMedium"),
            options: media.map((value) => ({ value, label: t(`medium.${value}`) })),
          },
        ]}
      />
      {page.items.length === 0 ? (
        <Card flush>
          <EmptyState icon="scroll" title={t("delivery.empty")}>
            {t("delivery.emptyText")}
          </EmptyState>
        </Card>
      ) : (
        <DeliveryTable deliveries={page.items} />
      )}
      <Pagination {...pageLinks("/admin/notices/log", search, page.nextCursor)} />
    </>
  );
}
