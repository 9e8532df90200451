import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import type { RequestDetail } from "@/lib/requests/schema";
import { EnvironmentBadge } from "./environment-badge";

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
        <Description term={t("fact.service")}>
          <TextLink href={`/systems/${request.systemId}`}>{request.systemName}</TextLink>
          <span className="text-ink-faint"> / </span>
          <TextLink href={`/services/${request.serviceId}`}>{request.serviceName}</TextLink>
        </Description>
        <Description term={t("fact.place")}>
          <span className="inline-flex flex-wrap items-center gap-2">
            <span className="font-mono text-xs">{request.namespace}</span>
            <EnvironmentBadge name={request.environment} />
          </span>
        </Description>
        {request.selectedClusterName && (
          <Description term={t("fact.cluster")}>{request.selectedClusterName}</Description>
        )}
        <Description term={t("fact.policy")}>{request.policyName ?? t("fact.noPolicy")}</Description>
        <Description term={t("fact.id")}>
          <Copyable text={request.id} />
        </Description>
      </DescriptionList>
    </Card>
  );
}
