export interface Sample {
  at: number;
  bytes: number;
}

const windowMs = 8_000;

/** Keeps what the rate is measured from. */
export function keepSample(samples: readonly Sample[], next: Sample): Sample[] {
  return [...samples.filter(({ at }) => next.at - at <= windowMs), next];
}

/** How fast it goes and how long it will take; null while nobody can tell. */
export function measureRate(
  samples: readonly Sample[],
  totalBytes: number,
): { bytesPerSecond: number | null; secondsLeft: number | null } {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < 500 || last.bytes <= first.bytes)
    return { bytesPerSecond: null, secondsLeft: null };
  const bytesPerSecond = Math.round(((last.bytes - first.bytes) * 1000) / (last.at - first.at));
  return { bytesPerSecond, secondsLeft: Math.ceil((totalBytes - last.bytes) / bytesPerSecond) };
}
