import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { Icon } from "@/components/ui/icon";

/** Told before anybody connects: what is recorded, and for how long it is kept. */
export function RecordingNotice({ retentionDays }: { retentionDays: number }) {
  const t = useTranslations("recordings.told");
  return (
    <Callout tone="warning" role="note" icon={<Icon name="eye" />} title={t("before")}>
      {t("beforeText", { days: retentionDays })}
    </Callout>
  );
}
