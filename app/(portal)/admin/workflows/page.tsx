import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { nextPageHref } from "@/app/_http/next-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { WorkflowTable } from "@/components/workflows/workflow-table";
import { WorkflowTester } from "@/components/workflows/workflow-tester";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listStepNames, listWorkflows } from "@/lib/requests/workflows/queries";
import { workflowFilter } from "@/lib/requests/workflows/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("workflows");
  return { title: t("title") };
}

interface PageProps {
  searchParams: Promise<SearchParameters>;
}

export default async function WorkflowsPage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderWorkflows(ctx, search));
}

async function renderWorkflows(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("workflows");
  const filter = readSearch(workflowFilter, search);
  const [{ items, nextCursor }, names] = await Promise.all([listWorkflows(ctx, filter), listStepNames(ctx)]);
  const isFiltered = Boolean(filter.q);
  const create = (
    <LinkButton href="/admin/workflows/new" variant="primary">
      {t("create")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} actions={create} />
      <FilterBar search={{ name: "q", label: t("search") }} filters={[]} />
      {items.length > 0 ? (
        <WorkflowTable workflows={items} />
      ) : (
        <Card flush>
          <EmptyState icon="users" title={t(isFiltered ? "noMatch" : "empty")} action={!isFiltered && create}>
            {t(isFiltered ? "noMatchText" : "emptyText")}
          </EmptyState>
        </Card>
      )}
      <Pagination nextHref={nextPageHref("/admin/workflows", search, nextCursor)} summary={false} />
      <div className="max-w-2xl">
        <WorkflowTester names={names} />
      </div>
    </>
  );
}
