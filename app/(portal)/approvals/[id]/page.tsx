import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { AccessDecision } from "@/components/approvals/access-decision";
import { amountsOf } from "@/components/approvals/amounts-of";
import { AskedCallout } from "@/components/approvals/asked-callout";
import { AskedCard } from "@/components/approvals/asked-card";
import { DecisionForm } from "@/components/approvals/decision-form";
import { DecisionRefused } from "@/components/approvals/decision-refused";
import { EarlierChanges } from "@/components/approvals/earlier-changes";
import { ModifyDecision } from "@/components/approvals/modify-decision";
import { OfferedReasons } from "@/components/approvals/offered-reasons";
import { OutsideCard } from "@/components/approvals/outside-card";
import { PlainDecision } from "@/components/approvals/plain-decision";
import { SeenVersion } from "@/components/approvals/seen-version";
import { SimilarRequests } from "@/components/approvals/similar-requests";
import { StepNote } from "@/components/approvals/step-note";
import { withEarlierChoices } from "@/components/approvals/with-earlier-choices";
import { ThreeWayDiff } from "@/components/modification/three-way-diff";
import { Conversation } from "@/components/requests/conversation";
import { RequestComparison } from "@/components/requests/request-comparison";
import { RequestStatus } from "@/components/requests/request-status";
import { RequestTitle } from "@/components/requests/request-title";
import { whoseTurn } from "@/components/requests/whose-turn";
import { PageHeader } from "@/components/ui/page-header";
import { ApprovalTimeline } from "@/components/workflows/approval-timeline";
import { listOwnPermissions } from "@/lib/access/queries";
import { readCockpit, type Cockpit } from "@/lib/requests/cockpit/queries";
import { listConversation } from "@/lib/requests/conversation/queries";
import type { Conversation as Talk } from "@/lib/requests/conversation/schema";
import { readThreeWay } from "@/lib/requests/modification/read-three-way";
import type { ThreeWay } from "@/lib/requests/modification/schema";
import { listOfferedReasons } from "@/lib/requests/reject-reasons/queries";
import type { RejectReasonRow } from "@/lib/requests/reject-reasons/schema";
import { readTimeline } from "@/lib/requests/workflows/read-timeline";
import type { Timeline } from "@/lib/requests/workflows/schema";
import { platformAdmin } from "@/lib/vocabulary/permissions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("approvals");
  return { title: t("desk.title") };
}

export default async function ApprovalPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, async () => {
    const cockpit = await readCockpit(ctx, id);
    const [timeline, conversation, threeWay, reasons, permissions] = await Promise.all([
      readTimeline(ctx, id),
      listConversation(ctx, id),
      readThreeWay(ctx, id),
      listOfferedReasons(),
      listOwnPermissions(ctx),
    ]);
    const facts = { cockpit, timeline, conversation, threeWay, reasons };
    return <CockpitPage {...facts} isAdministrator={permissions.includes(platformAdmin)} />;
  });
}

interface Facts {
  cockpit: Cockpit;
  timeline: Timeline;
  threeWay: ThreeWay;
}

type CockpitPageProps = Facts & {
  conversation: Talk;
  reasons: readonly RejectReasonRow[];
  isAdministrator: boolean;
};

async function CockpitPage({ conversation, reasons, isAdministrator, ...facts }: CockpitPageProps) {
  const t = await getTranslations("approvals");
  const { cockpit, timeline } = facts;
  const { request, refusal } = cockpit;
  const { version, revision, infoRequestedAt } = request;
  return (
    <OfferedReasons reasons={reasons}>
      <PageHeader
        breadcrumbs={[{ label: t("queue.title"), href: "/approvals" }, { label: t("desk.title") }]}
        title={<RequestTitle request={request} />}
        badges={<RequestStatus status={request.status} />}
      />
      <AskedCallout request={request} />
      <OutsideCard request={request} mayTakeBack={isAdministrator} />
      {refusal === null ? (
        <SeenVersion
          version={version}
          revision={revision}
          isAsked={infoRequestedAt !== null}
          revisions={conversation.revisions}
        >
          <Decision {...facts} />
        </SeenVersion>
      ) : (
        <>
          <DecisionRefused request={request} refusal={refusal} approvers={whoseTurn(timeline)} />
          <Undecidable {...facts} />
        </>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <ApprovalTimeline timeline={timeline} />
        <Conversation ticketId={request.id} conversation={conversation} />
      </div>
      <SimilarRequests requests={cockpit.similar} />
    </OfferedReasons>
  );
}

function Decision({ cockpit, timeline, threeWay }: Facts) {
  const { request, candidates, outlook, requester } = cockpit;
  const { asked, accessAsked, pendingChoices } = request;
  const editable = timeline.steps.find(({ isMine }) => isMine)?.editable ?? null;
  const note = <StepNote timeline={timeline} />;
  const facts = (
    <>
      <AskedCard request={request} requester={requester} />
      <EarlierChanges choices={pendingChoices} />
      {request.operationType === "MODIFY" && <ThreeWayDiff threeWay={threeWay} />}
    </>
  );
  if (asked !== null && request.operationType === "CREATE") {
    return (
      <DecisionForm
        request={{ ...request, asked: withEarlierChoices(asked, pendingChoices) }}
        candidates={candidates}
        outlook={outlook}
        editable={editable}
        note={note}
      >
        {facts}
      </DecisionForm>
    );
  }
  return (
    <>
      {facts}
      {accessAsked !== null ? (
        <AccessDecision request={request} asked={accessAsked} editable={editable} note={note} />
      ) : request.operationType === "MODIFY" ? (
        <ModifyDecision
          request={request}
          asked={withEarlierChoices(amountsOf(threeWay), pendingChoices)}
          editable={editable}
          note={note}
        />
      ) : (
        <PlainDecision request={request} note={note} />
      )}
    </>
  );
}

/** Before a decision the comparison would say again what was asked for. */
function Undecidable({ cockpit: { request, requester }, threeWay }: Facts) {
  const { final, access, approvedAt } = request;
  const wasApproved = final !== null || (access !== null && approvedAt !== null);
  return (
    <>
      <AskedCard request={request} requester={requester} />
      {wasApproved && <RequestComparison request={request} />}
      {(wasApproved || request.operationType === "MODIFY") && <ThreeWayDiff threeWay={threeWay} />}
    </>
  );
}
