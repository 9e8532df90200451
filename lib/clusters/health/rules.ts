import type { HealthCell } from "./schema";

/** One cell as the database counts it; the first is 1. */
export interface CountedCell {
  place: number;
  severity: number;
  latencyMs: number | null;
  checks: number;
}

interface Span {
  since: Date;
  cells: number;
  cellMs: number;
}

const bySeverity = ["HEALTHY", "UNKNOWN", "UNHEALTHY", "UNREACHABLE"] as const;

/** Every cell of the span in order, those without a look too. */
export function buildStrip(counted: readonly CountedCell[], { since, cells, cellMs }: Span): HealthCell[] {
  const byPlace = new Map(counted.map((cell) => [cell.place, cell]));
  return Array.from({ length: cells }, (_, index) => {
    const cell = byPlace.get(index + 1);
    return {
      from: new Date(since.getTime() + index * cellMs),
      status: cell === undefined ? null : (bySeverity[cell.severity] ?? null),
      latencyMs: cell?.latencyMs ?? null,
      checks: cell?.checks ?? 0,
    };
  });
}
