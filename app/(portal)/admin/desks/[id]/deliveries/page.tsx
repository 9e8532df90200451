import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { DeliveryTable } from "@/components/desks/delivery-table";
import { DeskHeader } from "@/components/desks/desk-header";
import { pageLinks } from "@/components/requests/page-links";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pagination } from "@/components/ui/pagination";
import { listDeliveries, readDesk } from "@/lib/requests/desks/queries";
import { deliveryFilter } from "@/lib/requests/desks/deliveries/schema";
import { deliveryKinds, deliveryOutcomes } from "@/lib/vocabulary/approval-desks";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desks.log");
  return { title: t("title") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function DeliveriesPage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const [{ id }, search] = await Promise.all([params, searchParams]);
  return showPage(ctx, () => renderDeliveries(ctx, id, search));
}

async function renderDeliveries(ctx: PersonContext, deskId: string, search: SearchParameters) {
  const t = await getTranslations("desks.log");
  const [desk, deliveries] = await Promise.all([
    readDesk(ctx, deskId),
    listDeliveries(ctx, { ...readSearch(deliveryFilter, search), deskId }),
  ]);
  const filters = [
    {
      name: "kind",
      label: t("everyKind"),
      options: deliveryKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
    },
    {
      name: "outcome",
      label: t("everyOutcome"),
      options: deliveryOutcomes.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) })),
    },
  ];
  return (
    <>
      <DeskHeader desk={desk} part="log" />
      <div className="mb-3">
        <FilterBar filters={filters} />
      </div>
      {deliveries.items.length === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState icon="inbox" title={t("emptyTitle")}>
            {t("emptyText")}
          </EmptyState>
        </div>
      ) : (
        <DeliveryTable deliveries={deliveries.items} />
      )}
      <Pagination {...pageLinks(`/admin/desks/${deskId}/deliveries`, search, deliveries.nextCursor)} />
    </>
  );
}
