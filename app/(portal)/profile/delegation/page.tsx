import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { CreateDelegation } from "@/components/workflows/create-delegation";
import { DelegationTable } from "@/components/workflows/delegation-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listEnvironments } from "@/lib/access/queries";
import { listDelegations } from "@/lib/requests/delegations/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("workflows.delegation");
  return { title: t("title") };
}

export default async function DelegationPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderDelegations(ctx));
}

async function renderDelegations(ctx: PersonContext) {
  const [t, { items }, environments] = await Promise.all([
    getTranslations("workflows.delegation"),
    listDelegations(ctx),
    listEnvironments(),
  ]);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("text")}
        actions={<CreateDelegation environments={environments} />}
      />
      {items.length === 0 ? (
        <Card flush>
          <EmptyState icon="users" title={t("empty")}>
            {t("emptyText")}
          </EmptyState>
        </Card>
      ) : (
        <DelegationTable delegations={items} environments={environments} />
      )}
    </>
  );
}
