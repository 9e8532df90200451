import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { AddReason } from "@/components/approvals/reason-dialogs";
import { ReasonTable } from "@/components/approvals/reason-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listRejectReasons } from "@/lib/requests/reject-reasons/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("approvals.reasons");
  return { title: t("title") };
}

export default async function RejectReasonsPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderReasons(ctx));
}

async function renderReasons(ctx: PersonContext) {
  const t = await getTranslations("approvals.reasons");
  const reasons = await listRejectReasons(ctx);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} actions={<AddReason />} />
      {reasons.length > 0 ? (
        <ReasonTable reasons={reasons} />
      ) : (
        <Card flush>
          <EmptyState icon="scroll" title={t("empty")} action={<AddReason />}>
            {t("emptyText")}
          </EmptyState>
        </Card>
      )}
    </>
  );
}
