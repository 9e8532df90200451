import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { AccessReview } from "@/components/access/access-review";
import { countShown, notReviewedFilter } from "@/components/access/count-shown";
import { pageLinks } from "@/components/requests/page-links";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listOwnPermissions } from "@/lib/access/queries";
import { listAccess } from "@/lib/access/reviews/queries";
import { accessFilter } from "@/lib/access/reviews/schema";
import { platformAdmin, resourceRoles } from "@/lib/vocabulary/permissions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access.review");
  return { title: t("title") };
}

export default async function AccessReviewPage({
  searchParams,
}: {
  searchParams: Promise<SearchParameters>;
}) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderReview(ctx, search));
}

const path = "/admin/access";

async function renderReview(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("access.review");
  const filter = readSearch(accessFilter.omit({ systemId: true }), search);
  const [page, overdue, own] = await Promise.all([
    listAccess(ctx, filter),
    listAccess(ctx, notReviewedFilter),
    listOwnPermissions(ctx),
  ]);
  const isAdministrator = own.includes(platformAdmin);
  const decider = {
    givesRoles: isAdministrator || own.includes("rbac:manage"),
    givesMemberRoles: isAdministrator ? resourceRoles : [],
    seesAccounts: isAdministrator || own.includes("user:manage"),
  };
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <AccessReview
        path={path}
        filter={filter}
        rows={page.items}
        notReviewed={countShown(overdue)}
        decider={decider}
      />
      <Pagination {...pageLinks(path, search, page.nextCursor)} />
    </>
  );
}
