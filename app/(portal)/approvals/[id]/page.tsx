import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { AccessDecision } from "@/components/approvals/access-decision";
import { AskedCard } from "@/components/approvals/asked-card";
import { DecisionForm } from "@/components/approvals/decision-form";
import { DecisionRefused } from "@/components/approvals/decision-refused";
import { PlainDecision } from "@/components/approvals/plain-decision";
import { SimilarRequests } from "@/components/approvals/similar-requests";
import { RequestComparison } from "@/components/requests/request-comparison";
import { RequestStatus } from "@/components/requests/request-status";
import { RequestTitle } from "@/components/requests/request-title";
import { PageHeader } from "@/components/ui/page-header";
import { listEligibleApprovers, readDesk, type Desk } from "@/lib/requests/queries";
import type { RequestDetail } from "@/lib/requests/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("approvals");
  return { title: t("desk.title") };
}

export default async function ApprovalPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, async () => {
    const desk = await readDesk(ctx, id);
    const approvers = await readApprovers(ctx, desk.request);
    return <DeskPage desk={desk} approvers={approvers} />;
  });
}

async function DeskPage({ desk, approvers }: { desk: Desk; approvers: { displayName: string }[] }) {
  const t = await getTranslations("approvals");
  const { request, refusal } = desk;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("queue.title"), href: "/approvals" }, { label: t("desk.title") }]}
        title={<RequestTitle request={request} />}
        badges={<RequestStatus status={request.status} />}
      />
      {refusal !== null && <DecisionRefused request={request} refusal={refusal} approvers={approvers} />}
      {refusal === null ? <Decision desk={desk} /> : <Undecidable request={request} />}
      <SimilarRequests requests={desk.similar} />
    </>
  );
}

function Decision({ desk: { request, candidates } }: { desk: Desk }) {
  const { asked, accessAsked } = request;
  if (accessAsked !== null) {
    return (
      <>
        <AskedCard request={request} />
        <AccessDecision request={request} asked={accessAsked} />
      </>
    );
  }
  if (asked === null || request.operationType !== "CREATE") {
    return (
      <>
        <AskedCard request={request} />
        <PlainDecision request={request} />
      </>
    );
  }
  return (
    <DecisionForm request={{ ...request, asked }} candidates={candidates}>
      <AskedCard request={request} />
    </DecisionForm>
  );
}

/** Before a decision the comparison would say again what was asked for. */
function Undecidable({ request }: { request: RequestDetail }) {
  return (
    <>
      <AskedCard request={request} />
      {wasApproved(request) && <RequestComparison request={request} />}
    </>
  );
}

function wasApproved({ final, access, approvedAt }: RequestDetail): boolean {
  return final !== null || (access !== null && approvedAt !== null);
}

function readApprovers(ctx: PersonContext, { status, systemId, environment, requesterId }: RequestDetail) {
  if (status !== "PENDING") return [];
  return listEligibleApprovers(ctx, { systemId, environment, requesterId });
}
