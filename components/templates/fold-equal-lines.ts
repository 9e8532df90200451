import type { DiffLine } from "@/lib/catalog/templates/schema";

export interface DiffPart {
  isFolded: boolean;
  lines: DiffLine[];
}

/** So many equal lines stay readable beside a change. */
const context = 3;

/** The lines in parts, those far from every change folded; a fold of one line would save nothing. */
export function foldEqualLines(lines: readonly DiffLine[]): DiffPart[] {
  const changed = lines.flatMap(({ kind }, at) => (kind === "same" ? [] : [at]));
  const isFar = lines.map((_, at) => changed.every((change) => Math.abs(change - at) > context));
  const parts: DiffPart[] = [];
  for (const [at, line] of lines.entries()) {
    const isFolded = isFar[at] ?? false;
    const last = parts.at(-1);
    if (last?.isFolded === isFolded) last.lines.push(line);
    else parts.push({ isFolded, lines: [line] });
  }
  return parts.map((part) => (part.lines.length === 1 ? { ...part, isFolded: false } : part));
}
