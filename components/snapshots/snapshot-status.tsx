import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tones";
import type { SnapshotState } from "@/lib/snapshots/machine";

const looks: Record<SnapshotState, { icon: IconName; tone: Tone }> = {
  PENDING: { icon: "hourglass", tone: "neutral" },
  CREATING: { icon: "progress", tone: "info" },
  READY: { icon: "done", tone: "success" },
  FAILED: { icon: "failed", tone: "danger" },
  DELETING: { icon: "progress", tone: "info" },
};

export function SnapshotStatus({ status }: { status: SnapshotState }) {
  const t = useTranslations("snapshots");
  return <StatusBadge look="plain" label={t(`status.${status}`)} {...looks[status]} />;
}
