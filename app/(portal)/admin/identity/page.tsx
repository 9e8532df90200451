import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { ProviderTable } from "@/components/providers/provider-table";
import { pageLinks } from "@/components/requests/page-links";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listOwnPermissions } from "@/lib/access/queries";
import { listAuthProviders } from "@/lib/identity/providers/queries";
import { providerFilter } from "@/lib/identity/providers/schema";
import { rightsOf } from "./read-provider-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers.list");
  return { title: t("title") };
}

export default async function IdentityPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderProviders(ctx, search));
}

async function renderProviders(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("providers.list");
  const [providers, held] = await Promise.all([
    listAuthProviders(ctx, readSearch(providerFilter, search)),
    listOwnPermissions(ctx),
  ]);
  const add = rightsOf(held).configure && (
    <LinkButton href="/admin/identity/new" variant="primary">
      {t("add")}
    </LinkButton>
  );
  if (providers.items.length === 0) {
    return (
      <>
        <PageHeader title={t("title")} description={t("description")} />
        <div className="rounded-lg border bg-surface">
          <EmptyState icon="key" title={t("emptyTitle")} action={add}>
            {t("emptyText")}
          </EmptyState>
        </div>
      </>
    );
  }
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} actions={add} />
      <ProviderTable providers={providers.items} />
      <Pagination {...pageLinks("/admin/identity", search, providers.nextCursor)} />
    </>
  );
}
