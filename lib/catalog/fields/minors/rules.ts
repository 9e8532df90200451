/** KubeVirt versions whose fields come with Shepherd, oldest first. */
export const bundledMinors = ["1.2", "1.3", "1.4", "1.5", "1.7"] as const;
export type BundledMinor = (typeof bundledMinors)[number];

/** `v1.5.2` → `1.5`; null for what is no version. */
export function minorOf(version: string): string | null {
  const match = /^v?(\d{1,3})\.(\d{1,4})(?!\d)/.exec(version.trim());
  return match ? `${Number(match[1])}.${Number(match[2])}` : null;
}

export function isBundled(minor: string): minor is BundledMinor {
  return bundledMinors.some((one) => one === minor);
}

/** Negative: the first is older. */
export function compareMinors(first: string, second: string): number {
  const [firstMajor, firstMinor] = numbersOf(first);
  const [secondMajor, secondMinor] = numbersOf(second);
  return firstMajor - secondMajor || firstMinor - secondMinor;
}

/** The closest minor of those there are; of two as close the older, which promises no field that may be missing. */
export function nearestMinor<T extends string>(wanted: string, known: readonly [T, ...T[]]): T {
  let nearest = known[0];
  for (const minor of known) {
    const gain = distance(wanted, nearest) - distance(wanted, minor);
    if (gain > 0 || (gain === 0 && compareMinors(minor, nearest) < 0)) nearest = minor;
  }
  return nearest;
}

function distance(first: string, second: string): number {
  const [firstMajor, firstMinor] = numbersOf(first);
  const [secondMajor, secondMinor] = numbersOf(second);
  return Math.abs((firstMajor - secondMajor) * 1000 + firstMinor - secondMinor);
}

function numbersOf(minor: string): [number, number] {
  const [major = "0", rest = "0"] = (minorOf(minor) ?? "0.0").split(".");
  return [Number(major), Number(rest)];
}

const retrySeconds = [30, 60, 120];
const patientRetrySeconds = 3_600;

/** How long to wait after the nth failure in a row: three quick tries, then once an hour (spec §5.8). */
export function retrySecondsAfter(attempts: number): number {
  return retrySeconds[attempts - 1] ?? patientRetrySeconds;
}
