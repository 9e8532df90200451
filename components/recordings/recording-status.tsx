import { useTranslations } from "next-intl";
import { StatusBadge } from "@/components/ui/status-badge";
import type { IconName } from "@/components/ui/icon";
import type { Tone } from "@/components/ui/tones";
import type { RecordingStatus } from "@/lib/console/recordings/rules";

const looks: Record<RecordingStatus, { tone: Tone; icon: IconName }> = {
  recording: { tone: "info", icon: "dot" },
  complete: { tone: "success", icon: "done" },
  broken: { tone: "warning", icon: "alert" },
  purged: { tone: "neutral", icon: "trash" },
};

export function RecordingStatusBadge({
  status,
  isPlain = false,
}: {
  status: RecordingStatus;
  isPlain?: boolean;
}) {
  const t = useTranslations("recordings.status");
  return <StatusBadge {...looks[status]} label={t(status)} look={isPlain ? "plain" : "boxed"} />;
}
