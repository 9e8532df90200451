import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { GrantExemption, SetOverride } from "@/components/batches/limit-dialogs";
import { LimitTable } from "@/components/batches/limit-table";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import { readLimitStatus } from "@/lib/batches/limits/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("batches.limits");
  return { title: t("title") };
}

export default async function LimitsPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderLimits(ctx));
}

async function renderLimits(ctx: PersonContext) {
  const t = await getTranslations("batches.limits");
  const { global, perUser, people } = await readLimitStatus(ctx);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Card title={t("everybody")} actions={<TextLink href="/admin/settings">{t("settings")}</TextLink>}>
        <DescriptionList>
          <Description term={t("openOfAll")}>
            {t("usedOf", { used: global.openBatches, maximum: global.openBatchesMax })}
          </Description>
          <Description term={t("openOfOne")}>{perUser.openBatchesMax}</Description>
          <Description term={t("waitingOfOne")}>{perUser.waitingChildrenMax}</Description>
          <Description term={t("cooldown")}>{t("seconds", { count: perUser.cooldownSeconds })}</Description>
        </DescriptionList>
      </Card>
      <Section
        title={t("people")}
        description={t("peopleText")}
        actions={
          <>
            <SetOverride />
            <GrantExemption />
          </>
        }
      >
        {people.length > 0 ? (
          <LimitTable people={people} />
        ) : (
          <Card flush>
            <EmptyState icon="gauge" title={t("nobody")}>
              {t("nobodyText")}
            </EmptyState>
          </Card>
        )}
      </Section>
    </>
  );
}
