import { cn } from "./class-names";
import { Icon, type IconName } from "./icon";
import { toneSoft, toneText, type Tone } from "./tones";

type StatusBadgeProps = {
  tone: Tone;
  icon: IconName;
  label: string;
  /** "plain" has no box, for rows of a table. */
  look?: "boxed" | "plain" | undefined;
  className?: string | undefined;
};

export function StatusBadge({ tone, icon, label, look = "boxed", className }: StatusBadgeProps) {
  const box = look === "boxed" ? cn("h-5.5 rounded-md border px-1.5 text-xs", toneSoft[tone]) : "text-sm";
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap",
        box,
        className,
      )}
    >
      <Icon name={icon} className={cn("size-3.5", toneText[tone])} />
      <span className={look === "plain" ? "font-normal text-ink" : undefined}>{label}</span>
    </span>
  );
}
