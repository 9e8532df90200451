import { cn } from "@/components/ui/class-names";

const width = 240;
const height = 36;
const padding = 2;

interface SparklineProps {
  /** Seconds since 1970 and the value, oldest first. */
  points: readonly (readonly [number, number])[];
  /** What the line means in words: its last and its highest value. */
  label: string;
  /** The top of the drawing; without it the highest value. */
  highest?: number | undefined;
  className?: string | undefined;
}

/** A line of measurements, drawn by the server; where nothing was measured, it is broken. */
export function Sparkline({ points, label, highest, className }: SparklineProps) {
  const top = Math.max(highest ?? 0, ...points.map(([, value]) => value), Number.MIN_VALUE);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={cn("h-9 w-full text-accent-ink", className)}
    >
      <path
        d={pathOf(points, top)}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** A distance of more than two steps is a gap. */
function pathOf(points: SparklineProps["points"], top: number): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "";
  const span = Math.max(1, last[0] - first[0]);
  const step = Math.min(...points.slice(1).map(([at], index) => at - (points[index]?.[0] ?? at)));
  return points
    .map(([at, value], index) => {
      const x = ((at - first[0]) / span) * width;
      const y = height - padding - (value / top) * (height - 2 * padding);
      const before = points[index - 1];
      const isBroken = before === undefined || at - before[0] > 2 * step;
      return `${isBroken ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}${points.length === 1 ? "h1" : ""}`;
    })
    .join("");
}
