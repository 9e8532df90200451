import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { RecordingRow } from "@/lib/console/recordings/schema";

/** What is not as it should be with a recording. */
export function RecordingCondition({ recording }: { recording: RecordingRow }) {
  const t = useTranslations("recordings.condition");
  const { status, brokenReason, gapCount, isPlayable } = recording;
  return (
    <>
      {status === "recording" && <Callout title={t("running")}>{t("runningText")}</Callout>}
      {status === "broken" && (
        <Callout tone="warning" title={t("broken")}>
          {t(`reason.${brokenReason ?? "process_lost"}`)}
        </Callout>
      )}
      {gapCount > 0 && (
        <Callout tone="warning" title={t("gaps", { count: gapCount })}>
          {t("gapsText")}
        </Callout>
      )}
      {!isPlayable && status !== "purged" && (
        <Callout tone="warning" title={t("unplayable")}>
          {t("unplayableText")}
        </Callout>
      )}
    </>
  );
}
