import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showDenied } from "@/app/_http/show-page";
import { BulkBar } from "@/components/approvals/bulk-bar";
import { OfferedReasons } from "@/components/approvals/offered-reasons";
import { QueueFilters } from "@/components/approvals/queue-filters";
import { QueueKeys } from "@/components/approvals/queue-keys";
import { QueueSelection } from "@/components/approvals/queue-selection";
import { QueueTiers } from "@/components/approvals/queue-tiers";
import { holdsPermission } from "@/components/requests/holds-permission";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import type { Page } from "@/lib/core/paging";
import { isSystemKeeper } from "@/lib/requests/access/queries";
import { countQueue, listQueue } from "@/lib/requests/queries";
import { listQueueFacets } from "@/lib/requests/queue/queries";
import { queueFilter, type QueueFilter, type QueueRow, type QueueView } from "@/lib/requests/queue/schema";
import { listOfferedReasons } from "@/lib/requests/reject-reasons/queries";
import type { RejectReasonRow } from "@/lib/requests/reject-reasons/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("approvals");
  return { title: t("queue.title") };
}

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  const [permissions, isKeeper, waiting] = await Promise.all([
    listOwnPermissions(ctx),
    isSystemKeeper(ctx),
    countQueue(ctx),
  ]);
  if (!holdsPermission(permissions, "builtin_approval:view") && !isKeeper && waiting === 0)
    return showDenied(ctx, "builtin_approval:view");
  return renderQueue(ctx, search);
}

async function renderQueue(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("approvals");
  const asked = readSearch(queueFilter, search);
  const view = asked.view ?? "mine";
  const [page, environments, facets, reasons] = await Promise.all([
    listQueue(ctx, { ...asked, view }),
    listEnvironments(),
    listQueueFacets(ctx),
    listOfferedReasons(),
  ]);
  return (
    <>
      <PageHeader title={t("queue.title")} description={t("queue.description")} />
      <QueueFilters view={view} facets={facets} environments={environments} />
      <Queue page={page} viewerId={ctx.actor.id} reasons={reasons}>
        <NothingWaits view={view} isFiltered={isFiltered(asked)} />
      </Queue>
      <Pagination {...pageLinks("/approvals", search, page.nextCursor)} />
    </>
  );
}

interface QueueProps {
  page: Page<QueueRow>;
  viewerId: string;
  reasons: readonly RejectReasonRow[];
  /** Where nothing waits. */
  children: ReactNode;
}

/** The bar stays when the last request is decided, as it shows what became of each. */
function Queue({ page, viewerId, reasons, children }: QueueProps) {
  return (
    <OfferedReasons reasons={reasons}>
      <QueueSelection>
        {page.items.length > 0 && <QueueKeys />}
        {page.items.length > 0 ? <QueueTiers requests={page.items} viewerId={viewerId} /> : children}
        <BulkBar waiting={page.items.filter(({ waitsForMe }) => waitsForMe).map(({ id }) => id)} />
      </QueueSelection>
    </OfferedReasons>
  );
}

async function NothingWaits({ view, isFiltered }: { view: QueueView; isFiltered: boolean }) {
  const t = await getTranslations("approvals");
  const seeAll = (
    <LinkButton href={view === "mine" ? "/approvals?view=watch" : "/requests?mine=false"}>
      {t(view === "mine" ? "queue.seeWatched" : "queue.seeAll")}
    </LinkButton>
  );
  return (
    <Card flush>
      <EmptyState
        icon={isFiltered ? "search" : "done"}
        title={isFiltered ? t("queue.noMatch") : t(`queue.empty.${view}`)}
        action={isFiltered ? undefined : seeAll}
      >
        {t(isFiltered ? "queue.noMatchExplanation" : "queue.emptyExplanation")}
      </EmptyState>
    </Card>
  );
}

function isFiltered({ q, tier, operationType, environment, systemId, requesterId }: QueueFilter): boolean {
  return [q, tier, operationType, environment, systemId, requesterId].some(Boolean);
}
