const changesMax = 2;

/** The word that was probably meant: at most two letters apart, and no more than half of it. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const near = known
    .map((candidate) => ({ candidate, changes: countChanges(word, candidate) }))
    .filter(({ candidate, changes }) => changes <= Math.min(changesMax, candidate.length / 2))
    .toSorted((a, b) => a.changes - b.changes);
  return near[0]?.candidate ?? null;
}

/** Letters put in, left out, or changed, on the way from one word to the other. */
function countChanges(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= to.length; at += 1) {
      const kept = (row[at - 1] ?? 0) + (letter === to.charAt(at - 1) ? 0 : 1);
      next.push(Math.min(kept, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
