import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { PolicyTable } from "@/components/policies/policy-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { listPolicies } from "@/lib/requests/policies/queries";
import { policyStates } from "@/lib/requests/policies/rules";
import { policyFilter, policyOperations } from "@/lib/requests/policies/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies");
  return { title: t("title") };
}

export default async function PoliciesPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  return showPage(ctx, () => renderPolicies(ctx, search));
}

async function renderPolicies(ctx: PersonContext, search: SearchParameters) {
  const t = await getTranslations("policies");
  const policies = await listPolicies(ctx, readSearch(policyFilter, search));
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} actions={await renderActions()} />
      <FilterBar
        filters={[
          {
            name: "operation",
            label: t("filter.operation"),
            options: policyOperations.map((value) => ({ value, label: t(`operation.${value}`) })),
          },
          {
            name: "state",
            label: t("filter.state"),
            options: policyStates.map((value) => ({ value, label: t(`state.${value}`) })),
          },
        ]}
      />
      {policies.length > 0 ? (
        <PolicyTable policies={policies} />
      ) : (
        <Card flush>
          <EmptyState icon="shield-check" title={t("empty")}>
            {t("emptyText")}
          </EmptyState>
        </Card>
      )}
    </>
  );
}

async function renderActions() {
  const t = await getTranslations("policies");
  return (
    <>
      <LinkButton href="/admin/policies/test">{t("toTester")}</LinkButton>
      <LinkButton href="/admin/policies/replays">{t("toReplays")}</LinkButton>
      <LinkButton href="/admin/policies/shadow">{t("toShadow")}</LinkButton>
      <LinkButton href="/admin/policies/new" variant="primary">
        {t("create")}
      </LinkButton>
    </>
  );
}
