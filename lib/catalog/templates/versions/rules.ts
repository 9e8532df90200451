import type { DiffLine } from "../schema";

interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

/** Members that differ, in the order of the first; objects are compared by what they hold. */
export function changesOf(before: object, after: object): Change[] {
  const later = new Map(Object.entries(after));
  return Object.entries(before)
    .map(([field, value]): Change => ({ field, before: value, after: later.get(field) }))
    .filter((change) => canonical(change.before) !== canonical(change.after));
}

/** JSON with its members in one order: the database does not keep the order they were written in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === "object" && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}

/** Line by line, what went and what came (longest common subsequence). */
export function diffLines(before: string, after: string): DiffLine[] {
  const old = linesOf(before);
  const fresh = linesOf(after);
  const common = commonLengths(old, fresh);
  const lines: DiffLine[] = [];
  let [left, right] = [0, 0];
  while (left < old.length || right < fresh.length) {
    const [gone, come] = [old[left], fresh[right]];
    if (gone !== undefined && gone === come) {
      lines.push({ kind: "same", text: gone, before: ++left, after: ++right });
    } else if (
      gone !== undefined &&
      (come === undefined || lengthAt(common, left + 1, right) >= lengthAt(common, left, right + 1))
    ) {
      lines.push({ kind: "removed", text: gone, before: ++left, after: null });
    } else {
      lines.push({ kind: "added", text: come ?? "", before: null, after: ++right });
    }
  }
  return lines;
}

function linesOf(text: string): string[] {
  if (text === "") return [];
  return text.replace(/\n$/, "").split("\n");
}

/** How many lines the rests have in common, from each pair of places on; a template's text is two kibibytes at most. */
function commonLengths(old: string[], fresh: string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => Array<number>(fresh.length + 1).fill(0));
  for (let left = old.length - 1; left >= 0; left -= 1) {
    const row = table[left] ?? [];
    for (let right = fresh.length - 1; right >= 0; right -= 1) {
      row[right] =
        old[left] === fresh[right]
          ? lengthAt(table, left + 1, right + 1) + 1
          : Math.max(lengthAt(table, left + 1, right), lengthAt(table, left, right + 1));
    }
  }
  return table;
}

function lengthAt(table: number[][], left: number, right: number): number {
  return table[left]?.[right] ?? 0;
}
