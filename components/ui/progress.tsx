import { cn } from "./class-names";
import { toneSolid, type Tone } from "./tones";

type ProgressProps = {
  label: string;
  /** 0 to 100; without it the bar only shows that something moves. */
  value?: number | undefined;
  tone?: Tone | "accent" | undefined;
  className?: string | undefined;
};

export function Progress({ label, value, tone = "accent", className }: ProgressProps) {
  const fill = tone === "accent" ? "bg-accent" : toneSolid[tone];
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === undefined ? undefined : Math.round(value)}
      className={cn("h-1 w-full overflow-hidden rounded-full bg-hover", className)}
    >
      {value === undefined ? (
        <div className={cn("h-full w-2/5 animate-indeterminate rounded-full", fill)} />
      ) : (
        <div
          className={cn("h-full rounded-full transition-[width] duration-300", fill)}
          style={{ width: `${clamp(value)}%` }}
        />
      )}
    </div>
  );
}

function clamp(value: number) {
  return Math.min(100, Math.max(0, value));
}
