import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { nextPageHref } from "@/app/_http/next-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { SessionList } from "@/components/sessions/session-list";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listLiveSessions } from "@/lib/console/queries";
import { liveSessionFilter } from "@/lib/console/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sessions");
  return { title: t("title") };
}

export default async function ConsolesPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderConsoles(ctx, search));
}

async function renderConsoles(ctx: PersonContext, search: SearchParameters) {
  const filter = readSearch(liveSessionFilter, search);
  const [{ items, nextCursor }, t] = await Promise.all([
    listLiveSessions(ctx, filter),
    getTranslations("sessions"),
  ]);
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader title={t("title")} description={t("explanation")} />
      <SessionList sessions={items} filter={filter} withSystem />
      <Pagination nextHref={nextPageHref("/admin/consoles", search, nextCursor)} />
    </div>
  );
}
