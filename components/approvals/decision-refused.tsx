import { useTranslations } from "next-intl";
import { momentTag } from "@/components/requests/moment";
import { toneOfRequest } from "@/components/requests/request-looks";
import { useApproverNames } from "@/components/requests/use-approver-names";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import type { RequestDetail } from "@/lib/requests/schema";

type DecisionRefusedProps = {
  request: RequestDetail;
  refusal: "own_request" | "permission" | "turn" | "decided";
  approvers: readonly { displayName: string }[];
};

/** Why this person cannot decide here: it is theirs, it is not theirs to decide, or somebody was first. */
export function DecisionRefused({ request, refusal, approvers }: DecisionRefusedProps) {
  const t = useTranslations("approvals");
  const namesOf = useApproverNames();
  if (refusal === "decided") return <Decided request={request} />;
  return (
    <Callout tone="warning" title={t(`refused.${kinds[refusal]}`)}>
      <p>{t(`refused.${kinds[refusal]}Rule`)}</p>
      <p>{approvers.length === 0 ? t("refused.nobody") : t("refused.ask", { names: namesOf(approvers) })}</p>
    </Callout>
  );
}

const kinds = { own_request: "own", permission: "permission", turn: "turn" } as const;

function Decided({ request }: { request: RequestDetail }) {
  const t = useTranslations("approvals");
  const kind = request.rejectedAt ? "rejected" : request.cancelledAt ? "cancelled" : "approved";
  const at = request.rejectedAt ?? request.cancelledAt ?? request.approvedAt;
  const by = kind === "cancelled" ? request.requesterName : (request.approverName ?? "–");
  return (
    <Callout
      tone={toneOfRequest(request.status)}
      title={t.rich(`refused.decided.${kind}`, { by, time: momentTag(at) })}
      actions={
        <>
          <LinkButton href={`/requests/${request.id}`} size="sm">
            {t("refused.openRequest")}
          </LinkButton>
          <LinkButton href="/approvals" size="sm">
            {t("refused.backToQueue")}
          </LinkButton>
        </>
      }
    >
      {kind === "rejected" && <q>{request.rejectReason}</q>}
      {kind === "approved" && request.selectedClusterName && (
        <p>{t("refused.placedOn", { cluster: request.selectedClusterName })}</p>
      )}
    </Callout>
  );
}
