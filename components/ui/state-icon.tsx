import {
  CircleHelp,
  CirclePause,
  CirclePlay,
  CircleStop,
  CircleX,
  FileQuestion,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
} from "lucide-react";
import { cn } from "./class-names";

/** Few, so that a list of machines does not load every drawing there is. */
export const stateIcons = {
  failed: CircleX,
  hourglass: Hourglass,
  paused: CirclePause,
  progress: LoaderCircle,
  running: CirclePlay,
  stopped: CircleStop,
  unfound: FileQuestion,
  unknown: CircleHelp,
};

export type StateIconName = keyof typeof stateIcons;

export function StateIcon({ name, className }: { name: StateIconName; className?: string | undefined }) {
  return <IconDrawing drawing={stateIcons[name]} className={className} />;
}

type IconDrawingProps = { drawing: LucideIcon; className?: string | undefined };

export function IconDrawing({ drawing: Drawing, className }: IconDrawingProps) {
  const turning = Drawing === stateIcons.progress ? "animate-spin motion-reduce:animate-none" : "";
  return <Drawing aria-hidden className={cn("size-4 shrink-0", turning, className)} strokeWidth={1.75} />;
}
