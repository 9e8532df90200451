import { useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { EmergencyDetail } from "@/lib/requests/emergencies/schema";

export function EmergencyFacts({ emergency }: { emergency: EmergencyDetail }) {
  const t = useTranslations("emergencies.detail");
  return (
    <Card>
      <DescriptionList>
        <Description term={t("who")}>{emergency.personName}</Description>
        <Description term={t("where")}>
          <span className="inline-flex items-center gap-2">
            <TextLink href={`/systems/${emergency.systemId}`}>{emergency.systemName}</TextLink>
            <EnvironmentBadge name={emergency.environment} />
          </span>
        </Description>
        <Description term={t("reason")}>{emergency.reason}</Description>
        <Description term={t("began")}>
          <TimeAgo at={emergency.startedAt} />
        </Description>
        <Description term={t(emergency.endedAt === null ? "ends" : "ended")}>
          <TimeAgo at={emergency.endedAt ?? emergency.endsAt} />
        </Description>
        {emergency.verdict === null && (
          <Description term={t("due")}>
            <TimeAgo at={emergency.reviewDueAt} />
          </Description>
        )}
      </DescriptionList>
    </Card>
  );
}
