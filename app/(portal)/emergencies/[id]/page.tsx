import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { endEmergencyAction } from "@/app/actions/emergencies";
import { EmergencyFacts } from "@/components/emergencies/emergency-facts";
import { EmergencyReview } from "@/components/emergencies/emergency-review";
import { EmergencyState } from "@/components/emergencies/emergency-state";
import { RequestTable } from "@/components/requests/request-table";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { readEmergency } from "@/lib/requests/emergencies/queries";

interface EmergencyPageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("emergencies");
  return { title: t("title") };
}

export default async function EmergencyPage({ params }: EmergencyPageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderEmergency(ctx, id));
}

async function renderEmergency(ctx: PersonContext, id: string) {
  const [t, emergency] = await Promise.all([getTranslations("emergencies"), readEmergency(ctx, id)]);
  const end = emergency.canEnd && (
    <ConfirmAction
      title={t("detail.endTitle")}
      description={t("detail.endText")}
      confirmLabel={t("detail.end")}
      action={endEmergencyAction}
      hidden={{ emergencyId: id }}
      successMessage={t("detail.ended_toast")}
      trigger={<Button variant="danger">{t("detail.end")}</Button>}
    />
  );
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/emergencies" }, { label: emergency.systemName }]}
        title={t("detail.title", { system: emergency.systemName })}
        badges={<EmergencyState emergency={emergency} now={ctx.now} />}
        actions={end}
      />
      <EmergencyFacts emergency={emergency} />
      <Section title={t("detail.requests")}>
        {emergency.requests.length > 0 ? (
          <RequestTable requests={emergency.requests} withRequester={false} caption={t("detail.requests")} />
        ) : (
          <EmptyState icon="inbox" title={t("detail.nothingRan")}>
            {t("detail.nothingRanText")}
          </EmptyState>
        )}
      </Section>
      <Section title={t("detail.review")} description={t("detail.reviewText")}>
        <EmergencyReview emergency={emergency} />
      </Section>
    </>
  );
}
