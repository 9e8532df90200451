import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { StateIcon, type StateIconName } from "@/components/ui/state-icon";
import { StatusFrame } from "@/components/ui/status-frame";
import { toneText, type Tone } from "@/components/ui/tones";
import { vmStatusTone } from "@/lib/vms/labels";
import type { VmState } from "@/lib/vms/machine";

const icons: Record<VmState, StateIconName> = {
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

export function iconOfVm(status: VmState): StateIconName {
  return icons[status];
}

export function VmStatus({ status, look }: { status: VmState; look?: "boxed" | "plain" | undefined }) {
  const t = useTranslations("vms");
  const tone = toneOfVm(status);
  return (
    <StatusFrame
      tone={tone}
      drawing={<StateIcon name={icons[status]} className={cn("size-3.5", toneText[tone])} />}
      label={t(`status.${status}`)}
      look={look}
    />
  );
}
