import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { ReplayForm } from "@/components/policies/replay-form";
import { ReplayTable } from "@/components/policies/replay-table";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { pageQuery } from "@/lib/core/paging";
import { listPolicies } from "@/lib/requests/policies/queries";
import { listReplays } from "@/lib/requests/replays/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies.replays");
  return { title: t("title") };
}

export default async function ReplaysPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderReplays(ctx, search));
}

async function renderReplays(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("policies");
  const [policies, page] = await Promise.all([
    listPolicies(ctx, {}),
    listReplays(ctx, readSearch(pageQuery, search)),
  ]);
  const chosen = typeof search["put"] === "string" ? search["put"] : undefined;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/admin/policies" }, { label: t("replays.title") }]}
        title={t("replays.title")}
        description={t("replays.description")}
      />
      <ReplayForm policies={policies} chosen={policies.find(({ id }) => id === chosen)?.id} />
      <Section title={t("replays.earlier")}>
        {page.items.length > 0 ? (
          <ReplayTable replays={page.items} />
        ) : (
          <Card flush>
            <EmptyState icon="undo" title={t("replays.none")}>
              {t("replays.noneText")}
            </EmptyState>
          </Card>
        )}
      </Section>
      <Pagination {...pageLinks("/admin/policies/replays", search, page.nextCursor)} />
    </>
  );
}
