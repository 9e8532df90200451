import { useTranslations } from "next-intl";
import { RefreshWhileRunning } from "@/components/providers/refresh-while-running";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { ExactTime } from "@/components/ui/exact-time";
import { Progress } from "@/components/ui/progress";
import type { ReplayDetail } from "@/lib/requests/replays/schema";
import { AffectedGroups } from "./affected-groups";
import { ReplayChanges } from "./replay-words";

/** What a replay found, in one sentence, by kind, and how sure that is. */
export function ReplayResult({ replay }: { replay: ReplayDetail }) {
  const t = useTranslations("policies.replays");
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(17rem,1fr)]">
      <Card title={t("kinds")}>
        <div className="grid gap-4">
          <ResultSentence replay={replay} />
          {replay.groups.length > 0 && <AffectedGroups groups={replay.groups} />}
        </div>
      </Card>
      <div className="grid min-w-0 gap-4">
        <ReplayFacts replay={replay} />
        {replay.uncertain > 0 && (
          <Callout tone="warning" title={t("rolesTitle", { count: replay.uncertain })}>
            {t("rolesText")}
          </Callout>
        )}
      </div>
    </div>
  );
}

function ResultSentence({ replay: { state, done, total, differing } }: { replay: ReplayDetail }) {
  const t = useTranslations("policies.replays");
  if (state !== "done") {
    return (
      <div className="grid gap-2" role="status">
        <RefreshWhileRunning />
        <p className="text-sm">{t("running", { done, total })}</p>
        <Progress label={t("progress")} value={total === 0 ? 100 : (done / total) * 100} />
      </div>
    );
  }
  return (
    <p className="font-medium">
      {differing === 0 ? t("same", { total }) : t("result", { differing, total })}
    </p>
  );
}

function ReplayFacts({ replay }: { replay: ReplayDetail }) {
  const t = useTranslations("policies.replays");
  return (
    <Card>
      <DescriptionList>
        <Description term={t("changes")}>
          <ReplayChanges changes={replay.changes} />
        </Description>
        <Description term={t("span")}>{t("daysOption", { days: replay.days })}</Description>
        <Description term={t("by")}>{replay.createdByName}</Description>
        <Description term={t("when")}>
          <ExactTime at={replay.createdAt} />
        </Description>
      </DescriptionList>
    </Card>
  );
}
