import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import type { RequestDetail } from "@/lib/requests/schema";
import { CancelRequest } from "./cancel-request";

type RequestActionsProps = { request: RequestDetail; isRequester: boolean; mayDecide: boolean };

/** What this person can do with it now; nothing is offered that would be refused. */
export function RequestActions({ request, isRequester, mayDecide }: RequestActionsProps) {
  const t = useTranslations("requests");
  const isWaiting =
    request.status === "PENDING" || (request.status === "APPROVED" && request.heldUntil !== null);
  const repeatHref = isRequester ? repeatHrefOf(request) : null;
  const vmHref = request.vmStatus === null ? null : `/vms/${request.resourceId}`;
  return (
    <>
      {isWaiting && isRequester && <CancelRequest ticketId={request.id} />}
      {isWaiting && mayDecide && (
        <LinkButton href={`/approvals/${request.id}`} variant="primary">
          {t("action.decide")}
        </LinkButton>
      )}
      {repeatHref && <LinkButton href={repeatHref}>{t("action.repeat")}</LinkButton>}
      {request.accessState === "held" && (
        <LinkButton href={`/systems/${request.systemId}`} variant={isRequester ? "primary" : "secondary"}>
          {t("action.openSystem")}
        </LinkButton>
      )}
      {vmHref && <LinkButton href={vmHref}>{t("action.openVm")}</LinkButton>}
      {vmHref && request.vmStatus === "RUNNING" && (
        <LinkButton href={`${vmHref}/console`} variant="primary">
          {t("action.openConsole")}
        </LinkButton>
      )}
    </>
  );
}

/** The form with the same choices, to be changed where it was refused; a role that has ended can be asked for again. */
function repeatHrefOf(request: RequestDetail): string | null {
  const { access, accessState, systemId, serviceId, namespace, templateId, instanceSizeId } = request;
  const wasRefused = ["FAILED", "REJECTED", "CANCELLED"].includes(request.status);
  if (access !== null && (wasRefused || accessState === "ended"))
    return hrefOf("/access/request", { system: systemId, role: access.role });
  if (request.operationType !== "CREATE" || !wasRefused) return null;
  return hrefOf("/vms/new", { serviceId, namespace, templateId, instanceSizeId });
}

function hrefOf(path: string, choices: Record<string, string | null>): string {
  const query = Object.entries(choices).map(([name, value]) => [name, value ?? ""]);
  return `${path}?${new URLSearchParams(query).toString()}`;
}
