import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { OutsideCard } from "@/components/approvals/outside-card";
import { VmExplanation } from "@/components/explanation/vm-explanation";
import { ThreeWayDiff } from "@/components/modification/three-way-diff";
import { Conversation } from "@/components/requests/conversation";
import { RequestActions } from "@/components/requests/request-actions";
import { RequestComparison } from "@/components/requests/request-comparison";
import { RequestFacts } from "@/components/requests/request-facts";
import { RequestHistory } from "@/components/requests/request-history";
import { RequestProgress } from "@/components/requests/request-progress";
import { RequestStatus } from "@/components/requests/request-status";
import { RequestSummary } from "@/components/requests/request-summary";
import { RequestTitle } from "@/components/requests/request-title";
import { ResubmitForm } from "@/components/requests/resubmit-form";
import { whoseTurn } from "@/components/requests/whose-turn";
import { PageHeader } from "@/components/ui/page-header";
import { ApprovalTimeline } from "@/components/workflows/approval-timeline";
import { listOfferedSizes } from "@/lib/catalog/sizes/queries";
import { listOfferedTemplates } from "@/lib/catalog/templates/queries";
import { listConversation, readWish } from "@/lib/requests/conversation/queries";
import type { Conversation as Talk } from "@/lib/requests/conversation/schema";
import { readThreeWay } from "@/lib/requests/modification/read-three-way";
import { readRequest } from "@/lib/requests/queries";
import type { RequestDetail } from "@/lib/requests/schema";
import { readTimeline } from "@/lib/requests/workflows/read-timeline";
import { findExplanation } from "@/lib/vms/explanation/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests");
  return { title: t("detail.title") };
}

export default async function RequestPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, async () => <RequestView ctx={ctx} request={await readRequest(ctx, id)} />);
}

async function RequestView({ ctx, request }: { ctx: PersonContext; request: RequestDetail }) {
  const t = await getTranslations("requests");
  const isRequester = request.requesterId === ctx.actor.id;
  const [timeline, conversation, threeWay, explanation] = await Promise.all([
    readTimeline(ctx, request.id),
    listConversation(ctx, request.id),
    readThreeWay(ctx, request.id),
    findExplanation(ctx, request.resourceType === "vm" ? request.resourceId : null),
  ]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/requests" }, { label: t("detail.title") }]}
        title={<RequestTitle request={request} />}
        badges={<RequestStatus status={request.status} />}
        actions={
          <RequestActions
            request={request}
            isRequester={isRequester}
            mayDecide={timeline.steps.some(({ isMine }) => isMine)}
          />
        }
      />
      <RequestSummary request={request} approvers={whoseTurn(timeline)} />
      {isRequester && request.status === "PENDING" && request.infoRequestedAt !== null && (
        <Resubmit ctx={ctx} request={request} conversation={conversation} />
      )}
      <OutsideCard request={request} mayTakeBack={false} />
      <RequestProgress request={request} />
      <VmExplanation explanation={explanation} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-5">
          <RequestComparison request={request} />
          {(threeWay.liveAt !== null || request.operationType === "MODIFY") && (
            <ThreeWayDiff threeWay={threeWay} />
          )}
          <Conversation ticketId={request.id} conversation={conversation} />
          <RequestFacts request={request} />
        </div>
        <div className="grid min-w-0 gap-5">
          <ApprovalTimeline timeline={timeline} />
          <RequestHistory request={request} />
        </div>
      </div>
    </>
  );
}

type ResubmitProps = { ctx: PersonContext; request: RequestDetail; conversation: Talk };

async function Resubmit({ ctx, request, conversation }: ResubmitProps) {
  const isCreation = request.operationType === "CREATE";
  const [wish, templates, sizes] = await Promise.all([
    readWish(ctx, request.id),
    isCreation ? listOfferedTemplates(ctx) : [],
    isCreation ? listOfferedSizes(ctx) : [],
  ]);
  const named = ({ id, displayName }: { id: string; displayName: string }) => ({ id, displayName });
  return (
    <ResubmitForm
      request={request}
      question={conversation.comments.findLast(({ kind }) => kind === "question")}
      wish={wish}
      catalogue={{ templates: templates.map(named), sizes: sizes.map(named) }}
    />
  );
}
