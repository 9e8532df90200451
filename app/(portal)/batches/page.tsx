import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { BatchTable } from "@/components/batches/batch-table";
import { holdsPermission } from "@/components/requests/holds-permission";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { listOwnPermissions } from "@/lib/access/queries";
import { batchMachine } from "@/lib/batches/machine";
import { listBatches } from "@/lib/batches/queries";
import { batchFilter, batchOperations, type BatchFilter } from "@/lib/batches/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("batches");
  return { title: t("list.title") };
}

export default async function BatchesPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderList(ctx, search));
}

async function renderList(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("batches");
  const asked = readSearch(batchFilter, search);
  const seesOthers = holdsPermission(await listOwnPermissions(ctx), "platform:admin");
  const filter = { ...asked, mine: seesOthers ? (asked.mine ?? true) : true };
  const page = await listBatches(ctx, filter);
  return (
    <>
      <PageHeader title={t("list.title")} description={t("list.description")} />
      <FilterBar filters={filtersOf(t)}>
        {seesOthers && (
          <SegmentedControl
            key={String(filter.mine)}
            name="mine"
            label={t("list.ownership")}
            defaultValue={String(filter.mine)}
            options={[
              { value: "true", label: t("list.mine") },
              { value: "false", label: t("list.all") },
            ]}
          />
        )}
      </FilterBar>
      {page.items.length > 0 ? (
        <BatchTable batches={page.items} withRequester={!filter.mine} />
      ) : (
        <Card flush>
          <NoBatches filter={filter} t={t} />
        </Card>
      )}
      <Pagination {...pageLinks("/batches", search, page.nextCursor)} />
    </>
  );
}

type Translate = Awaited<ReturnType<typeof getTranslations<"batches">>>;

function filtersOf(t: Translate) {
  return [
    {
      name: "status",
      label: t("filter.status"),
      options: batchMachine.states.map((status) => ({ value: status, label: t(`status.${status}`) })),
    },
    {
      name: "operation",
      label: t("filter.operation"),
      options: batchOperations.map((kind) => ({ value: kind, label: t(`operation.${kind}`) })),
    },
  ];
}

function NoBatches({ filter, t }: { filter: BatchFilter; t: Translate }) {
  return (filter.status ?? filter.operation) ? (
    <EmptyState icon="search" title={t("list.noMatch")}>
      {t("list.noMatchExplanation")}
    </EmptyState>
  ) : (
    <EmptyState
      icon="layers"
      title={t("list.empty")}
      action={<LinkButton href="/vms">{t("list.machines")}</LinkButton>}
    >
      {t("list.emptyExplanation")}
    </EmptyState>
  );
}
