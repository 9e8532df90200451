import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { AddFactor } from "@/components/mfa/add-factor";
import { FactorTable } from "@/components/mfa/factor-table";
import { RenewCodes } from "@/components/mfa/renew-codes";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { readOwnFactors } from "@/lib/identity/factors/queries";
import { recoveryCodesCount } from "@/lib/identity/factors/rules";
import type { OwnFactors } from "@/lib/identity/factors/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("mfa");
  return { title: t("security.title") };
}

export default async function SecurityPage() {
  const ctx = await requireContext();
  const [t, own] = await Promise.all([getTranslations("mfa"), readOwnFactors(ctx)]);
  const { items, asksPassword, passkeysPossible, demandedBy } = own;
  const isFirst = items.length === 0;
  return (
    <>
      <PageHeader
        title={t("security.title")}
        description={t("security.description")}
        // Always in the same place: recovery codes that it shows must outlive a refresh of the page.
        actions={
          <AddFactor asksPassword={asksPassword} passkeysPossible={passkeysPossible} isFirst={isFirst} />
        }
        breadcrumbs={[{ label: t("security.profile"), href: "/profile" }, { label: t("security.title") }]}
      />
      {demandedBy && <Callout tone="info">{t("security.demanded", { ...demandedBy })}</Callout>}
      {isFirst ? (
        <Card>
          <EmptyState icon="shield-alert" title={t("security.empty")}>
            {t("security.emptyText")}
          </EmptyState>
        </Card>
      ) : (
        <>
          <Section title={t("security.factors")}>
            <FactorTable factors={items} />
          </Section>
          <RecoverySection own={own} />
        </>
      )}
    </>
  );
}

async function RecoverySection({ own }: { own: OwnFactors }) {
  const t = await getTranslations("mfa.codes");
  const left = own.recoveryCodesLeft;
  const counted = t("left", { left, all: recoveryCodesCount });
  return (
    <Section title={t("title")} description={t("description")} actions={<RenewCodes />}>
      {left <= 3 ? <Callout tone="warning">{`${counted} ${t("few")}`}</Callout> : <p>{counted}</p>}
    </Section>
  );
}
