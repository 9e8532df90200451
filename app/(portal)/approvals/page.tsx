import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showDenied } from "@/app/_http/show-page";
import { QueueTiers } from "@/components/approvals/queue-tiers";
import { holdsPermission } from "@/components/requests/holds-permission";
import { pageLinks } from "@/components/requests/page-links";
import { RequestFilters } from "@/components/requests/request-filters";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import { isSystemKeeper } from "@/lib/requests/access/queries";
import { listQueue } from "@/lib/requests/queries";
import { requestFilter } from "@/lib/requests/schema";
import type { Permission } from "@/lib/vocabulary/permissions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("approvals");
  return { title: t("queue.title") };
}

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  const [permissions, isKeeper] = await Promise.all([listOwnPermissions(ctx), isSystemKeeper(ctx)]);
  if (!holdsPermission(permissions, "builtin_approval:view") && !isKeeper)
    return showDenied(ctx, "builtin_approval:view");
  return renderQueue(ctx, search, permissions);
}

async function renderQueue(ctx: PersonContext, search: SearchParameters, permissions: readonly Permission[]) {
  const t = await getTranslations("approvals");
  const filter = readSearch(requestFilter, search);
  const [page, environments] = await Promise.all([listQueue(ctx, filter), listEnvironments()]);
  const isFiltered = Boolean(filter.q || filter.operationType || filter.environment);
  const mayDecide = holdsPermission(permissions, "builtin_approval:approve");
  return (
    <>
      <PageHeader title={t("queue.title")} description={t("queue.description")} />
      <RequestFilters environments={environments} withGroups={false} />
      {page.items.length > 0 ? (
        <QueueTiers requests={page.items} viewerId={ctx.actor.id} mayDecide={mayDecide} />
      ) : (
        <Card flush>
          <EmptyState
            icon={isFiltered ? "search" : "done"}
            title={t(isFiltered ? "queue.noMatch" : "queue.empty")}
            action={
              isFiltered ? undefined : (
                <LinkButton href="/requests?mine=false">{t("queue.seeAll")}</LinkButton>
              )
            }
          >
            {t(isFiltered ? "queue.noMatchExplanation" : "queue.emptyExplanation")}
          </EmptyState>
        </Card>
      )}
      <Pagination {...pageLinks("/approvals", search, page.nextCursor)} />
    </>
  );
}
