import { useTranslations } from "next-intl";
import type { IconName } from "@/components/ui/icon";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tones";
import { vmStatusTone } from "@/lib/vms/labels";
import type { VmState } from "@/lib/vms/machine";

const icons: Record<VmState, IconName> = {
  CREATING: "progress",
  PENDING: "hourglass",
  RUNNING: "running",
  STOPPING: "progress",
  STOPPED: "stopped",
  STARTING: "progress",
  PAUSED: "paused",
  MIGRATING: "progress",
  FAILED: "failed",
  DELETING: "progress",
  NOT_FOUND: "unfound",
  UNKNOWN: "unknown",
};

const tones: Record<(typeof vmStatusTone)[VmState], Tone> = {
  neutral: "neutral",
  progress: "info",
  success: "success",
  warning: "warning",
  danger: "danger",
};

export function toneOfVm(status: VmState): Tone {
  return tones[vmStatusTone[status]];
}

export function iconOfVm(status: VmState): IconName {
  return icons[status];
}

export function VmStatus({ status, look }: { status: VmState; look?: "boxed" | "plain" | undefined }) {
  const t = useTranslations("vms");
  return (
    <StatusBadge tone={toneOfVm(status)} icon={icons[status]} label={t(`status.${status}`)} look={look} />
  );
}
