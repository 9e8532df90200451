import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { DeskTable } from "@/components/desks/desk-table";
import { pageLinks } from "@/components/requests/page-links";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { pageQuery } from "@/lib/core/paging";
import { listDesks } from "@/lib/requests/desks/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desks.list");
  return { title: t("title") };
}

export default async function DesksPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderDesks(ctx, search));
}

async function renderDesks(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("desks.list");
  const desks = await listDesks(ctx, readSearch(pageQuery, search));
  const add = (
    <LinkButton href="/admin/desks/new" variant="primary">
      {t("add")}
    </LinkButton>
  );
  if (desks.items.length === 0) {
    return (
      <>
        <PageHeader title={t("title")} description={t("description")} />
        <div className="rounded-lg border bg-surface">
          <EmptyState icon="network" title={t("emptyTitle")} action={add}>
            {t("emptyText")}
          </EmptyState>
        </div>
      </>
    );
  }
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} actions={add} />
      <DeskTable desks={desks.items} />
      <Pagination {...pageLinks("/admin/desks", search, desks.nextCursor)} />
    </>
  );
}
