import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { CohortSection } from "@/components/providers/cohort-section";
import { ProviderFrame } from "@/components/providers/provider-frame";
import { stepHref } from "@/components/providers/provider-steps";
import { NextStep } from "@/components/providers/step-navigation";
import { pageLinks } from "@/components/requests/page-links";
import { Pagination } from "@/components/ui/pagination";
import { listCohorts } from "@/lib/identity/providers/mapping/queries";
import { cohortFilter } from "@/lib/identity/providers/mapping/schema";
import { readProviderPage } from "../../read-provider-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers.steps");
  return { title: t("values") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function ProviderValuesPage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderValues(ctx, id, search));
}

async function renderValues(ctx: PersonContext, id: string, search: SearchParameters) {
  const [{ provider, hasDirectory, may }, cohorts] = await Promise.all([
    readProviderPage(ctx, id),
    listCohorts(ctx, { ...readSearch(cohortFilter, search), providerId: id }),
  ]);
  return (
    <ProviderFrame provider={provider} may={may} hasDirectory={hasDirectory} step="values">
      <CohortSection
        provider={provider}
        cohorts={cohorts.items}
        hasDirectory={hasDirectory}
        maySync={may.sync}
      />
      <Pagination {...pageLinks(stepHref(id, "values"), search, cohorts.nextCursor)} />
      <NextStep providerId={provider.id} step="mapping" />
    </ProviderFrame>
  );
}
