import type { MetricRange } from "./schema";

const hours: Record<MetricRange, number> = { "1h": 1, "6h": 6, "24h": 24, "7d": 168 };
const pointsWanted = 120;
/** A rate needs several of the measurements, which are half a minute apart as a rule. */
const windowSecondsMin = 120;

interface MeasuredTime {
  start: Date;
  end: Date;
  stepSeconds: number;
  /** Over which a rate is taken. */
  windowSeconds: number;
}

/** The time a range means now: about a hundred points, on whole steps, so that two looks draw the same picture. */
export function planRange(range: MetricRange, now: Date): MeasuredTime {
  const wholeSeconds = hours[range] * 3600;
  const stepSeconds = wholeSeconds / pointsWanted;
  const end = Math.floor(now.getTime() / 1000 / stepSeconds) * stepSeconds;
  return {
    start: new Date((end - wholeSeconds) * 1000),
    end: new Date(end * 1000),
    stepSeconds,
    windowSeconds: Math.max(windowSecondsMin, stepSeconds),
  };
}
