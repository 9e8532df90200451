import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { AccessReview } from "@/components/access/access-review";
import { countShown, notReviewedFilter } from "@/components/access/count-shown";
import { pageLinks } from "@/components/requests/page-links";
import { SystemHeader } from "@/components/systems/system-header";
import { Pagination } from "@/components/ui/pagination";
import { readMemberPowers } from "@/lib/access/members/queries";
import { listOwnPermissions } from "@/lib/access/queries";
import { listAccess } from "@/lib/access/reviews/queries";
import { accessFilter } from "@/lib/access/reviews/schema";
import { readSystem } from "@/lib/systems/queries";
import { platformAdmin } from "@/lib/vocabulary/permissions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access.review");
  return { title: t("title") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function SystemAccessPage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderReview(ctx, id, search));
}

async function renderReview(ctx: PersonContext, systemId: string, search: SearchParameters) {
  const t = await getTranslations("access.review");
  const filter = { ...readSearch(accessFilter, search), systemId };
  const [system, page, overdue, powers, own] = await Promise.all([
    readSystem(ctx, systemId),
    listAccess(ctx, filter),
    listAccess(ctx, { ...notReviewedFilter, systemId }),
    readMemberPowers(ctx, systemId),
    listOwnPermissions(ctx),
  ]);
  const decider = {
    givesRoles: own.includes("rbac:manage") || own.includes(platformAdmin),
    givesMemberRoles: powers.grantable,
    seesAccounts: own.includes("user:manage") || own.includes(platformAdmin),
  };
  const path = `/systems/${systemId}/access`;
  return (
    <>
      <SystemHeader system={system} tab="access" />
      <p className="max-w-prose text-sm text-ink-muted">{t("systemDescription")}</p>
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
