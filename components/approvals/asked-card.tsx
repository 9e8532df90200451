import { useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { RequestNamespace } from "@/components/requests/request-place";
import { Avatar } from "@/components/ui/avatar";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { RequesterFacts as Facts } from "@/lib/requests/cockpit/schema";
import type { RequestDetail } from "@/lib/requests/schema";
import { AskedWishes } from "./asked-wishes";
import { RequesterFacts } from "./requester-facts";

type AskedCardProps = { request: RequestDetail; requester: Facts };

/** Who asks for what, where and why, and the rule that sent it here: all of it before the first click. */
export function AskedCard({ request, requester }: AskedCardProps) {
  const t = useTranslations("approvals");
  const r = useTranslations("requests");
  const { asked } = request;
  return (
    <Card>
      <div className="grid gap-4">
        <div className="flex min-w-0 items-start gap-3">
          <Avatar name={request.requesterName} />
          <div className="grid min-w-0 gap-0.5">
            <p className="text-sm">
              {t.rich("asked.who", {
                name: () => <strong className="font-medium">{request.requesterName}</strong>,
                time: () => <TimeAgo at={request.createdAt} />,
              })}
            </p>
            <RequesterFacts facts={requester} system={request.systemName} />
            <blockquote className="text-base break-words whitespace-pre-line">
              {request.reason || r("fact.noReason")}
            </blockquote>
          </div>
        </div>
        <DescriptionList className="border-t pt-3">
          {asked && (
            <Description term={t("asked.what")}>
              <ins className="rounded-xs bg-success-soft px-1 text-success no-underline">
                <span aria-hidden>+ </span>
                {r("form.sizeFacts", { cpu: asked.cpuCores, memory: asked.memoryGi, disk: asked.diskGb })}
              </ins>
              <span className="block text-xs text-ink-muted">
                {t("asked.new", { template: request.templateName ?? "–", size: request.sizeName ?? "–" })}
              </span>
            </Description>
          )}
          <AskedWishes request={request} />
          <AskedPlace request={request} />
          <Description term={t("asked.policy")}>
            <AskedRule request={request} />
            {request.workflowName !== null && (
              <span className="block text-xs text-ink-muted">
                {t("asked.workflow", { name: request.workflowName })}
              </span>
            )}
          </Description>
        </DescriptionList>
      </div>
    </Card>
  );
}

function AskedPlace({ request }: { request: RequestDetail }) {
  const t = useTranslations("approvals");
  const r = useTranslations("requests");
  const system = <TextLink href={`/systems/${request.systemId}`}>{request.systemName}</TextLink>;
  const { accessAsked } = request;
  if (accessAsked !== null) {
    return (
      <>
        <Description term={t("asked.what")}>
          {r(`access.role.${accessAsked.role}`)} · {r("access.days", { days: accessAsked.days })}
        </Description>
        <Description term={r("fact.system")}>{system}</Description>
        {request.status === "PENDING" && (
          <Description term={t("asked.held")}>
            {request.accessHeld === null ? t("asked.heldNothing") : r(`access.role.${request.accessHeld}`)}
          </Description>
        )}
      </>
    );
  }
  if (request.serviceName === null) {
    return (
      <Description term={r("fact.system")}>
        {system} {request.environment !== null && <EnvironmentBadge name={request.environment} />}
      </Description>
    );
  }
  return (
    <>
      <Description term={r("fact.service")}>
        {system}
        <span className="text-ink-faint"> / </span>
        {request.serviceName}
      </Description>
      <Description term={r("fact.place")}>
        <RequestNamespace request={request} />
      </Description>
    </>
  );
}

function AskedRule({ request }: { request: RequestDetail }) {
  const t = useTranslations("approvals");
  if (request.access !== null) return t("asked.keeper");
  return request.policyName === null
    ? t("asked.noPolicy")
    : t("asked.byPolicy", { name: request.policyName });
}
