import {
  CirclePlay,
  Pause,
  Play,
  PowerOff,
  RefreshCw,
  RotateCw,
  Square,
  Trash2,
  Zap,
  type LucideIcon,
} from "lucide-react";
import type { DialogAction } from "./power-dialog";

const icons: Record<DialogAction, LucideIcon> = {
  start: Play,
  stop: Square,
  restart: RotateCw,
  pause: Pause,
  resume: CirclePlay,
  softReboot: RefreshCw,
  reset: Zap,
  forceStop: PowerOff,
  delete: Trash2,
};

export function ActionIcon({ action }: { action: DialogAction }) {
  const Drawing = icons[action];
  return <Drawing aria-hidden />;
}
