import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { nextPageHref } from "@/app/_http/next-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { SessionList } from "@/components/sessions/session-list";
import { SystemHeader } from "@/components/systems/system-header";
import { Pagination } from "@/components/ui/pagination";
import { listSystemSessions } from "@/lib/console/queries";
import { liveSessionFilter } from "@/lib/console/schema";
import { readSystem } from "@/lib/systems/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sessions");
  return { title: t("title") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function SystemConsolesPage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderConsoles(ctx, id, search));
}

async function renderConsoles(ctx: PersonContext, systemId: string, search: SearchParameters) {
  const filter = readSearch(liveSessionFilter, search);
  const [system, { items, nextCursor }] = await Promise.all([
    readSystem(ctx, systemId),
    listSystemSessions(ctx, { systemId, ...filter }),
  ]);
  return (
    <div className="grid min-w-0 gap-5">
      <SystemHeader system={system} tab="consoles" />
      <SessionList sessions={items} filter={filter} withSystem={false} />
      <Pagination nextHref={nextPageHref(`/systems/${systemId}/consoles`, search, nextCursor)} />
    </div>
  );
}
