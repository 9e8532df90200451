import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { holdsPermission } from "@/components/requests/holds-permission";
import { RequestActions } from "@/components/requests/request-actions";
import { RequestComparison } from "@/components/requests/request-comparison";
import { RequestFacts } from "@/components/requests/request-facts";
import { RequestHistory } from "@/components/requests/request-history";
import { RequestProgress } from "@/components/requests/request-progress";
import { RequestStatus } from "@/components/requests/request-status";
import { RequestSummary } from "@/components/requests/request-summary";
import { RequestTitle } from "@/components/requests/request-title";
import { PageHeader } from "@/components/ui/page-header";
import { listOwnPermissions } from "@/lib/access/queries";
import { listEligibleApprovers, readRequest } from "@/lib/requests/queries";
import type { RequestDetail } from "@/lib/requests/schema";

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
  const [approvers, permissions] = await Promise.all([readApprovers(ctx, request), listOwnPermissions(ctx)]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/requests" }, { label: t("detail.title") }]}
        title={<RequestTitle request={request} />}
        badges={<RequestStatus status={request.status} />}
        actions={
          <RequestActions
            request={request}
            isRequester={request.requesterId === ctx.actor.id}
            // Whoever sees somebody else's request for access keeps its System.
            mayDecide={request.access !== null || holdsPermission(permissions, "builtin_approval:approve")}
          />
        }
      />
      <RequestSummary request={request} approvers={approvers} />
      <RequestProgress request={request} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-5">
          <RequestComparison request={request} />
          <RequestFacts request={request} />
        </div>
        <RequestHistory request={request} />
      </div>
    </>
  );
}

function readApprovers(ctx: PersonContext, request: RequestDetail) {
  if (request.status !== "PENDING") return [];
  const { systemId, environment, requesterId } = request;
  return listEligibleApprovers(ctx, { systemId, environment, requesterId });
}
