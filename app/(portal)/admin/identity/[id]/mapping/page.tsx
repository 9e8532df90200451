import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import type { RoleOffer } from "@/components/accounts/role-fields";
import { MappingSection } from "@/components/providers/mapping-section";
import { ProviderFrame } from "@/components/providers/provider-frame";
import { stepHref } from "@/components/providers/provider-steps";
import { NextStep } from "@/components/providers/step-navigation";
import { holdsPermission } from "@/components/requests/holds-permission";
import { pageLinks } from "@/components/requests/page-links";
import { Pagination } from "@/components/ui/pagination";
import { listEnvironments } from "@/lib/access/queries";
import { listRoles } from "@/lib/access/roles/queries";
import { perPageMax } from "@/lib/core/paging";
import { listCohorts, listMappings } from "@/lib/identity/providers/mapping/queries";
import { mappingFilter } from "@/lib/identity/providers/mapping/schema";
import { listSystems } from "@/lib/systems/queries";
import { readProviderPage } from "../../read-provider-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers.steps");
  return { title: t("mapping") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function ProviderMappingPage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderMapping(ctx, id, search));
}

async function renderMapping(ctx: PersonContext, id: string, search: SearchParameters) {
  const { cohort } = search;
  const { provider, hasDirectory, may, held } = await readProviderPage(ctx, id);
  const [mappings, cohorts, offer] = await Promise.all([
    listMappings(ctx, { ...readSearch(mappingFilter, search), providerId: id }),
    listCohorts(ctx, { providerId: id, perPage: perPageMax }),
    holdsPermission(held, "rbac:read") ? readOffer(ctx) : null,
  ]);
  return (
    <ProviderFrame provider={provider} may={may} hasDirectory={hasDirectory} step="mapping">
      <MappingSection
        key={[cohort].flat()[0]}
        provider={provider}
        mappings={mappings.items}
        cohorts={cohorts.items.map(({ key, displayName }) => ({ key, displayName }))}
        offer={offer}
        cohortKey={[cohort].flat()[0]}
        may={may}
      />
      <Pagination
        {...pageLinks(stepHref(id, "mapping"), { ...search, cohort: undefined }, mappings.nextCursor)}
      />
      {hasDirectory && <NextStep providerId={provider.id} step="directory" />}
    </ProviderFrame>
  );
}

/** Only what a form shows: roles are long rows. */
async function readOffer(ctx: PersonContext): Promise<RoleOffer> {
  const [roles, environments, systems] = await Promise.all([
    listRoles(ctx),
    listEnvironments(),
    listSystems(ctx, { perPage: perPageMax }),
  ]);
  return {
    roles: roles
      .filter(({ enabled }) => enabled)
      .map(({ id, displayName, description }) => ({ id, displayName, description })),
    environments: environments.map(({ name, displayName }) => ({ name, displayName })),
    systems: systems.items.map(({ id, name }) => ({ id, name })),
  };
}
