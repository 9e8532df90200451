import { useTranslations } from "next-intl";
import { pauseScheduleAction, removeScheduleAction, skipRunAction } from "@/app/actions/lifetimes";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { LifetimeView, ScheduleEntry } from "@/lib/requests/lifetimes/schema";
import { ScheduleDialog } from "./schedule-dialog";

type Schedule = NonNullable<LifetimeView["schedule"]>;

export function ScheduleFacts({ life, now }: { life: LifetimeView; now: Date }) {
  const t = useTranslations("lifetimes");
  const { schedule, vmId, canOperate } = life;
  if (schedule === null) {
    return (
      <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {t("noSchedule")}
        {canOperate && <ScheduleDialog vmId={vmId} schedule={null} />}
      </span>
    );
  }
  return (
    <div className="grid gap-2">
      <ul className="grid gap-0.5">
        {schedule.entries.map((entry, index) => (
          <EntryLine key={index} entry={entry} />
        ))}
      </ul>
      <span className="text-xs text-ink-faint">{schedule.timeZone}</span>
      <NextRun schedule={schedule} />
      {canOperate && <ScheduleActions vmId={vmId} schedule={schedule} now={now} />}
    </div>
  );
}

function EntryLine({ entry }: { entry: ScheduleEntry }) {
  const t = useTranslations("lifetimes");
  const weekdays = entry.weekdays.toSorted((a, b) => a - b);
  const days = weekdays.length === 7 ? t("everyDay") : weekdays.map((day) => t(`weekday.${day}`)).join(", ");
  return <li>{t(`entry.${entry.action}`, { days, time: entry.time })}</li>;
}

function NextRun({
  schedule: { nextAt, nextAction, pausedUntil, lastAt, lastOutcome },
}: {
  schedule: Schedule;
}) {
  const t = useTranslations("lifetimes");
  return (
    <span className="flex flex-wrap gap-x-3 text-ink-muted">
      {nextAt !== null && nextAction !== null && (
        <span>{t.rich("nextRun", { action: nextAction, when: () => <TimeAgo at={nextAt} /> })}</span>
      )}
      {pausedUntil !== null && (
        <span>
          {t("paused")} <TimeAgo at={pausedUntil} />
        </span>
      )}
      {lastAt !== null && lastOutcome !== null && (
        <span>
          {t("last")}: <TimeAgo at={lastAt} />, {t(`outcome.${lastOutcome}`)}
        </span>
      )}
    </span>
  );
}

type ScheduleActionsProps = { vmId: string; schedule: Schedule; now: Date };

function ScheduleActions({ vmId, schedule, now }: ScheduleActionsProps) {
  const t = useTranslations("lifetimes");
  const remove = (
    <Button variant="ghost" size="sm">
      {t("remove")}
    </Button>
  );
  return (
    <span className="flex flex-wrap gap-1 max-sm:-ml-2.5">
      <ActionForm action={skipRunAction} successMessage={t("skipped")} className="inline-flex">
        <HiddenInputs values={{ vmId }} />
        <SubmitButton variant="ghost" size="sm">
          {t("skip")}
        </SubmitButton>
      </ActionForm>
      <PauseButton vmId={vmId} isPaused={schedule.pausedUntil !== null} now={now} />
      <ScheduleDialog vmId={vmId} schedule={schedule} />
      <ConfirmAction
        title={t("removeTitle")}
        description={t("removeText")}
        confirmLabel={t("remove")}
        action={removeScheduleAction}
        hidden={{ vmId }}
        successMessage={t("removed")}
        trigger={remove}
      />
    </span>
  );
}

const weekMs = 7 * 86_400_000;

type PauseButtonProps = { vmId: string; isPaused: boolean; now: Date };

function PauseButton({ vmId, isPaused, now }: PauseButtonProps) {
  const t = useTranslations("lifetimes");
  const until = isPaused ? "" : new Date(now.getTime() + weekMs).toISOString();
  return (
    <ActionForm
      action={pauseScheduleAction}
      successMessage={t(isPaused ? "resumed" : "pausedNow")}
      className="inline-flex"
    >
      <HiddenInputs values={{ vmId, until }} />
      <SubmitButton variant="ghost" size="sm">
        {t(isPaused ? "resume" : "pauseWeek")}
      </SubmitButton>
    </ActionForm>
  );
}
