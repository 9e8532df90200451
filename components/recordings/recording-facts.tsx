import { useFormatter, useTranslations } from "next-intl";
import { EnvironmentBadge } from "@/components/requests/environment-badge";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { ExactTime } from "@/components/ui/exact-time";
import { TextLink } from "@/components/ui/text-link";
import type { RecordingRow } from "@/lib/console/recordings/schema";
import { clockText } from "./replay/replay-clock";

const kibibyte = 1024;

/** Whose session it was, on what, and what there is of it. */
export function RecordingFacts({ recording }: { recording: RecordingRow }) {
  const t = useTranslations("recordings.facts");
  const consoles = useTranslations("recordings.console");
  const format = useFormatter();
  const megabytes = recording.bytes / kibibyte / kibibyte;
  return (
    <Card>
      <DescriptionList>
        <Description term={t("person")}>{recording.userName}</Description>
        <Description term={t("vm")}>
          <span className="inline-flex flex-wrap items-center gap-2">
            {recording.vmExists ? (
              <TextLink href={`/vms/${recording.vmId}`}>{recording.vmName}</TextLink>
            ) : (
              recording.vmName
            )}
            <EnvironmentBadge name={recording.environment} />
          </span>
        </Description>
        <Description term={t("console")}>{consoles(recording.consoleType)}</Description>
        <Description term={t("began")}>
          <ExactTime at={recording.startedAt} />
        </Description>
        {recording.endedAt && (
          <Description term={t("ended")}>
            <ExactTime at={recording.endedAt} />
          </Description>
        )}
        <Description term={t("length")}>
          {t("lengthOf", {
            duration: clockText(recording.durationMs),
            size: format.number(megabytes, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }),
          })}
        </Description>
        <Description term={t("holds")}>
          {t(recording.consoleType === "vnc" ? "holdsScreen" : "holdsText")}
        </Description>
        <Description term={t("keptUntil")}>
          <ExactTime at={recording.retainUntil} />
        </Description>
        {recording.chainHead && (
          <Description term={t("digest")}>
            <span className="font-mono text-xs break-all">{recording.chainHead}</span>
          </Description>
        )}
      </DescriptionList>
    </Card>
  );
}
