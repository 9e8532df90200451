import { cn } from "./class-names";
import { Icon, type IconName } from "./icon";
import { StatusFrame, type StatusFrameProps } from "./status-frame";
import { toneText } from "./tones";

type StatusBadgeProps = Omit<StatusFrameProps, "drawing"> & { icon: IconName };

export function StatusBadge({ icon, ...frame }: StatusBadgeProps) {
  return (
    <StatusFrame {...frame} drawing={<Icon name={icon} className={cn("size-3.5", toneText[frame.tone])} />} />
  );
}
