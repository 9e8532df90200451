import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { holdsPermission } from "@/components/requests/holds-permission";
import { pageLinks } from "@/components/requests/page-links";
import { RequestFilters } from "@/components/requests/request-filters";
import { RequestTable } from "@/components/requests/request-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import { listRequests } from "@/lib/requests/queries";
import { requestFilter } from "@/lib/requests/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests");
  return { title: t("list.title") };
}

export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  const t = await getTranslations("requests");
  const permissions = await listOwnPermissions(ctx);
  const seesOthers = holdsPermission(permissions, "ticket:view");
  const asked = readSearch(requestFilter, search);
  const filter = { ...asked, mine: seesOthers ? (asked.mine ?? true) : true };
  const [page, environments] = await Promise.all([listRequests(ctx, filter), listEnvironments()]);
  const isFiltered = Boolean(filter.q || filter.statusGroup || filter.operationType || filter.environment);
  const newRequest = holdsPermission(permissions, "vm:create") && (
    <LinkButton href="/vms/new" variant="primary">
      {t("list.new")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t("list.title")} description={t("list.description")} actions={newRequest} />
      <RequestFilters
        environments={environments}
        ownership={seesOthers ? (filter.mine ? "mine" : "all") : undefined}
      />
      {page.items.length > 0 ? (
        <RequestTable requests={page.items} withRequester={!filter.mine} />
      ) : (
        <Card flush>
          {isFiltered ? (
            <EmptyState icon="search" title={t("list.noMatch")}>
              {t("list.noMatchExplanation")}
            </EmptyState>
          ) : (
            <EmptyState icon="inbox" title={t("list.empty")} action={newRequest}>
              {t("list.emptyExplanation")}
            </EmptyState>
          )}
        </Card>
      )}
      <Pagination {...pageLinks("/requests", search, page.nextCursor)} />
    </>
  );
}
