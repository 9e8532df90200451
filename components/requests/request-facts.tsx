import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import type { RequestDetail } from "@/lib/requests/schema";
import { EnvironmentBadge } from "./environment-badge";
import { RequestNamespace } from "./request-place";

/** Who, why and where. */
export function RequestFacts({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  return (
    <Card title={t("facts.title")}>
      <DescriptionList>
        <Description term={t("fact.requester")}>{request.requesterName}</Description>
        <Description term={t("fact.reason")}>
          <span className="whitespace-pre-line">{request.reason || t("fact.noReason")}</span>
        </Description>
        {request.serviceName === null ? (
          <SystemPlace request={request} />
        ) : (
          <MachinePlace request={request} />
        )}
        {request.selectedClusterName && (
          <Description term={t("fact.cluster")}>{request.selectedClusterName}</Description>
        )}
        <Description term={t("fact.policy")}>
          {request.access === null ? (request.policyName ?? t("fact.noPolicy")) : t("fact.keepersDecide")}
        </Description>
        {request.workflowName !== null && (
          <Description term={t("fact.workflow")}>{request.workflowName}</Description>
        )}
        <Description term={t("fact.id")}>
          <Copyable text={request.id} />
        </Description>
      </DescriptionList>
    </Card>
  );
}

function MachinePlace({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  return (
    <>
      <Description term={t("fact.service")}>
        <TextLink href={`/systems/${request.systemId}`}>{request.systemName}</TextLink>
        <span className="text-ink-faint"> / </span>
        <TextLink href={`/services/${request.serviceId}`}>{request.serviceName}</TextLink>
      </Description>
      <Description term={t("fact.place")}>
        <RequestNamespace request={request} />
      </Description>
    </>
  );
}

/** Whoever still waits for a role may not open the System. */
function SystemPlace({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  return (
    <Description term={t("fact.system")}>
      {request.access === null || request.accessState === "held" ? (
        <TextLink href={`/systems/${request.systemId}`}>{request.systemName}</TextLink>
      ) : (
        request.systemName
      )}{" "}
      {request.environment !== null && <EnvironmentBadge name={request.environment} />}
    </Description>
  );
}
