export interface MarkedLine {
  text: string;
  isChanged: boolean;
}

/** The lines of a text, each told whether it stands in no longest common run with the text before. */
export function markChanges(before: string | null, after: string): MarkedLine[] {
  const next = after.trimEnd().split("\n");
  if (before === null) return next.map((text) => ({ text, isChanged: false }));
  const kept = keptLines(before.trimEnd().split("\n"), next);
  return next.map((text, index) => ({ text, isChanged: !kept.has(index) }));
}

/** The places in `next` of a longest common subsequence of both. */
function keptLines(old: string[], next: string[]): Set<number> {
  const width = next.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  const lengthAt = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = next.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        old[row] === next[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const kept = new Set<number>();
  let [row, column] = [0, 0];
  while (row < old.length && column < next.length) {
    if (old[row] === next[column]) {
      kept.add(column);
      row += 1;
      column += 1;
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return kept;
}
