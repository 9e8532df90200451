import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { AskableSystems } from "@/components/denied/askable-systems";
import { RequestAccess } from "@/components/denied/request-access";
import { pageLinks } from "@/components/requests/page-links";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listAskableSystems, readAskableSystem } from "@/lib/requests/access/queries";
import { askableFilter } from "@/lib/requests/access/schema";
import { listEligibleApprovers } from "@/lib/requests/queries";

const wish = z.strictObject({
  system: z.string().min(1).max(64).optional(),
  role: z.string().max(20).optional(),
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("denied");
  return { title: t("request.title") };
}

export default async function RequestAccessPage({
  searchParams,
}: {
  searchParams: Promise<SearchParameters>;
}) {
  const ctx = await requireContext();
  const search = await searchParams;
  const { system, role } = readSearch(wish, search);
  return showPage(ctx, () =>
    system === undefined ? renderChoice(ctx, search) : renderForm(ctx, { systemId: system, role }),
  );
}

/** Which System it is about, where the link did not say. */
async function renderChoice(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("denied");
  const filter = readSearch(askableFilter, search);
  const page = await listAskableSystems(ctx, filter);
  return (
    <>
      <PageHeader title={t("request.title")} description={t("request.description")} />
      <FilterBar search={{ name: "q", label: t("choose.search") }} />
      <AskableSystems systems={page.items} isSearched={Boolean(filter.q)} />
      <Pagination {...pageLinks("/access/request", search, page.nextCursor)} />
    </>
  );
}

async function renderForm(
  ctx: PersonContext,
  { systemId, role }: { systemId: string; role: string | undefined },
) {
  const t = await getTranslations("denied");
  const system = await readAskableSystem(ctx, systemId);
  const deciders = await listEligibleApprovers(ctx, { systemId, environment: null });
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("request.title"), href: "/access/request" }, { label: system.name }]}
        title={t("request.titleOf", { system: system.name })}
        description={t("request.description")}
      />
      <RequestAccess system={system} wishedRole={role} deciders={deciders} />
    </>
  );
}
