import { useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { Avatar } from "@/components/ui/avatar";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { RequestDetail } from "@/lib/requests/schema";

/** Who asks for what, where and why, and the rule that sent it here: all of it before the first click. */
export function AskedCard({ request }: { request: RequestDetail }) {
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
            <blockquote className="text-base break-words whitespace-pre-line">
              {request.reason || r("fact.noReason")}
            </blockquote>
          </div>
        </div>
        <DescriptionList className="border-t pt-3">
          {asked && (
            <Description term={t("asked.what")}>
              {r("form.sizeFacts", { cpu: asked.cpuCores, memory: asked.memoryGi, disk: asked.diskGb })}
              <span className="block text-xs text-ink-muted">
                {request.templateName} · {request.sizeName}
              </span>
            </Description>
          )}
          <Description term={r("fact.service")}>
            <TextLink href={`/systems/${request.systemId}`}>{request.systemName}</TextLink>
            <span className="text-ink-faint"> / </span>
            {request.serviceName}
          </Description>
          <Description term={r("fact.place")}>
            <span className="inline-flex flex-wrap items-center gap-2">
              <span className="font-mono text-xs">{request.namespace}</span>
              <EnvironmentBadge name={request.environment} />
            </span>
          </Description>
          <Description term={t("asked.policy")}>
            {request.policyName === null
              ? t("asked.noPolicy")
              : t("asked.byPolicy", { name: request.policyName })}
          </Description>
        </DescriptionList>
      </div>
    </Card>
  );
}
