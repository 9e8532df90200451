import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { newWorkflow } from "@/components/workflows/workflow-draft";
import { WorkflowEditor } from "@/components/workflows/workflow-editor";
import { PageHeader } from "@/components/ui/page-header";
import { listStepNames } from "@/lib/requests/workflows/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("workflows");
  return { title: t("newTitle") };
}

export default async function NewWorkflowPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderNew(ctx));
}

async function renderNew(ctx: PersonContext) {
  const [t, names] = await Promise.all([getTranslations("workflows"), listStepNames(ctx)]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/admin/workflows" }, { label: t("newTitle") }]}
        title={t("newTitle")}
        description={t("newText")}
      />
      <WorkflowEditor initial={newWorkflow()} stored={null} names={names} />
    </>
  );
}
