import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { ChooseAllBox, ChooseBox } from "@/components/batches/choose-box";
import { ChooseVms } from "@/components/batches/choose-vms";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { VmTable } from "@/components/vms/vm-table";
import { listEnvironments } from "@/lib/access/queries";
import { vmMachine } from "@/lib/vms/machine";
import { listVms } from "@/lib/vms/queries";
import { vmFilter, type VmFilter } from "@/lib/vms/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vms");
  return { title: t("list.title") };
}

export default async function VmsPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderList(ctx, search));
}

async function renderList(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("vms");
  const filter = readSearch(vmFilter, search);
  const [page, environments] = await Promise.all([listVms(ctx, filter), listEnvironments()]);
  const request = (
    <LinkButton href="/vms/new" variant="primary">
      {t("list.request")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t("list.title")} description={t("list.description")} actions={request} />
      <FilterBar
        search={{ name: "q", label: t("list.search") }}
        filters={[
          {
            name: "status",
            label: t("filter.status"),
            options: vmMachine.states.map((status) => ({ value: status, label: t(`status.${status}`) })),
          },
          {
            name: "environment",
            label: t("filter.environment"),
            options: environments.map(({ name, displayName }) => ({ value: name, label: displayName })),
          },
        ]}
      />
      {page.items.length > 0 ? (
        <ChooseVms vms={page.items.map(({ id, name, status }) => ({ id, name, status }))}>
          <VmTable
            vms={page.items}
            choose={{
              all: <ChooseAllBox vmIds={page.items.map(({ id }) => id)} />,
              of: ({ id, name }) => <ChooseBox vmId={id} name={name} />,
            }}
          />
        </ChooseVms>
      ) : (
        <Card flush>
          <NoVms filtered={isFiltered(filter)} request={request} t={t} />
        </Card>
      )}
      <Pagination {...pageLinks("/vms", search, page.nextCursor)} />
    </>
  );
}

type Translate = Awaited<ReturnType<typeof getTranslations<"vms">>>;

function NoVms({ filtered, request, t }: { filtered: boolean; request: React.ReactNode; t: Translate }) {
  return filtered ? (
    <EmptyState icon="search" title={t("list.noMatch")}>
      {t("list.noMatchExplanation")}
    </EmptyState>
  ) : (
    <EmptyState icon="monitor" title={t("list.empty")} action={request}>
      {t("list.emptyExplanation")}
    </EmptyState>
  );
}

function isFiltered(filter: VmFilter): boolean {
  return Boolean(
    filter.q ??
    filter.status ??
    filter.environment ??
    filter.systemId ??
    filter.serviceId ??
    filter.templateId,
  );
}
