/** Longer than this nothing happens: whoever skips such times goes on with what comes next. */
export const idleMs = 2_000;

export const replaySpeeds = [0.5, 1, 2, 4, 8] as const;
export type ReplaySpeed = (typeof replaySpeeds)[number];

export interface ReplayPace {
  speed: ReplaySpeed;
  skipsIdle: boolean;
}

/** What lies around the place where the replay is, in milliseconds of the recording. */
export interface Surroundings {
  /** The last thing that was shown. */
  lastMs: number;
  /** The next thing there is; null where it is not known yet or there is none. */
  nextMs: number | null;
  endMs: number;
}

/** Where the replay is after so much time of the person's own. */
export function advance(
  atMs: number,
  elapsedMs: number,
  { speed, skipsIdle, lastMs, nextMs, endMs }: ReplayPace & Surroundings,
): number {
  const walked = atMs + Math.max(0, elapsedMs) * speed;
  const isIdle = nextMs !== null && nextMs - lastMs > idleMs && walked < nextMs;
  const next = skipsIdle && isIdle && walked >= lastMs + idleMs ? nextMs : walked;
  return Math.min(Math.max(next, atMs), Math.max(endMs, atMs));
}

/** Minutes and seconds, with hours only where there are some: 4:07, 1:02:09. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (number: number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How much happens in each of so many equal parts of a recording, from 0 to 1. */
export function activityOf(
  chunks: readonly (readonly [fromMs: number, toMs: number, bytes: number])[],
  durationMs: number,
  parts: number,
): number[] {
  const sums = Array.from({ length: parts }, () => 0);
  const partMs = Math.max(1, durationMs) / parts;
  for (const [fromMs, toMs, bytes] of chunks) {
    const [first, last] = [partOf(fromMs), partOf(toMs)];
    for (let part = first; part <= last; part += 1)
      sums[part] = (sums[part] ?? 0) + bytes / (last - first + 1);
  }
  // One picture of the whole screen would make everything else look like nothing.
  const most = Math.log1p(Math.max(...sums));
  return sums.map((sum) => (most === 0 ? 0 : Math.log1p(sum) / most));

  function partOf(ms: number): number {
    return Math.min(parts - 1, Math.max(0, Math.floor(ms / partMs)));
  }
}
