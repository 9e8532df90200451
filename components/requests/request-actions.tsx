import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import type { RequestDetail } from "@/lib/requests/schema";
import { CancelRequest } from "./cancel-request";

type RequestActionsProps = { request: RequestDetail; isRequester: boolean; mayDecide: boolean };

/** What this person can do with it now; nothing is offered that would be refused. */
export function RequestActions({ request, isRequester, mayDecide }: RequestActionsProps) {
  const t = useTranslations("requests");
  const isWaiting = request.status === "PENDING";
  const canRepeat =
    isRequester &&
    request.operationType === "CREATE" &&
    ["FAILED", "REJECTED", "CANCELLED"].includes(request.status);
  const vmHref = request.vmStatus === null ? null : `/vms/${request.resourceId}`;
  return (
    <>
      {isWaiting && isRequester && <CancelRequest ticketId={request.id} />}
      {isWaiting && mayDecide && !isRequester && (
        <LinkButton href={`/approvals/${request.id}`} variant="primary">
          {t("action.decide")}
        </LinkButton>
      )}
      {canRepeat && <LinkButton href={repeatHref(request)}>{t("action.repeat")}</LinkButton>}
      {vmHref && <LinkButton href={vmHref}>{t("action.openVm")}</LinkButton>}
      {vmHref && request.vmStatus === "RUNNING" && (
        <LinkButton href={`${vmHref}/console`} variant="primary">
          {t("action.openConsole")}
        </LinkButton>
      )}
    </>
  );
}

/** The form with the same choices, to be changed where it was refused. */
function repeatHref({ serviceId, namespace, templateId, instanceSizeId }: RequestDetail): string {
  const choices = {
    serviceId,
    namespace,
    templateId: templateId ?? "",
    instanceSizeId: instanceSizeId ?? "",
  };
  return `/vms/new?${new URLSearchParams(choices).toString()}`;
}
