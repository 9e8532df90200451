import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { DeleteWorkflow } from "@/components/workflows/delete-workflow";
import { draftOf } from "@/components/workflows/workflow-draft";
import { WorkflowEditor } from "@/components/workflows/workflow-editor";
import { PageHeader } from "@/components/ui/page-header";
import { listStepNames, readWorkflow } from "@/lib/requests/workflows/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("workflows");
  return { title: t("one") };
}

export default async function WorkflowPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderWorkflow(ctx, id));
}

async function renderWorkflow(ctx: PersonContext, workflowId: string) {
  const [t, workflow, names] = await Promise.all([
    getTranslations("workflows"),
    readWorkflow(ctx, workflowId),
    listStepNames(ctx),
  ]);
  const { id, name, revision, waiting } = workflow;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/admin/workflows" }, { label: name }]}
        title={name}
        description={t("revision", { revision, waiting })}
        actions={<DeleteWorkflow workflow={workflow} />}
      />
      <WorkflowEditor
        // What somebody else saved meanwhile replaces what stands in the inputs.
        key={revision}
        initial={draftOf(workflow)}
        stored={{ workflowId: id, revision, waiting }}
        names={names}
      />
    </>
  );
}
