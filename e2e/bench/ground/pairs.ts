export interface Pair {
  baseline: number;
  ours: number;
}

export interface Comparison {
  median: number;
  min: number;
  max: number;
  /** A baseline that varies more than threefold says that the machine was busy with something else. */
  void: boolean;
  pairs: number;
  baselineMedianMs: number;
  oursMedianMs: number;
}

/** Baseline and ours in turn, A B B A, so that a drift of the machine meets both; the first pair warms up. */
export async function measurePairs(
  count: number,
  measure: { baseline: () => Promise<number>; ours: () => Promise<number> },
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let index = 0; index <= count; index += 1) {
    if (index % 2 === 0) {
      const baseline = await measure.baseline();
      pairs.push({ baseline, ours: await measure.ours() });
    } else {
      const ours = await measure.ours();
      pairs.push({ baseline: await measure.baseline(), ours });
    }
  }
  return pairs.slice(1);
}

export function compare(pairs: Pair[]): Comparison {
  const ratios = pairs.map(({ baseline, ours }) => ours / baseline).toSorted((a, b) => a - b);
  const baselines = pairs.map(({ baseline }) => baseline).toSorted((a, b) => a - b);
  const ours = pairs.map((pair) => pair.ours).toSorted((a, b) => a - b);
  return {
    median: rounded(quantile(ratios, 0.5)),
    min: rounded(quantile(ratios, 0)),
    max: rounded(quantile(ratios, 1)),
    void: quantile(baselines, 1) > 3 * quantile(baselines, 0),
    pairs: pairs.length,
    baselineMedianMs: rounded(quantile(baselines, 0.5)),
    oursMedianMs: rounded(quantile(ours, 0.5)),
  };
}

/** Of numbers in ascending order; nearest rank. */
export function quantile(sorted: readonly number[], share: number): number {
  const found = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  if (found === undefined) throw new Error("nothing was measured");
  return found;
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
