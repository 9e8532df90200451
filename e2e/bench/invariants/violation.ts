export type InvariantName = "I1" | "I2" | "I3" | "I4" | "I5" | "I6" | "I7" | "I8";

export interface Violation {
  invariant: InvariantName;
  subject: string;
  why: string;
}

export function violationsOf(
  invariant: InvariantName,
  rows: readonly { subject: string; why: string }[],
): Violation[] {
  return rows.map(({ subject, why }) => ({ invariant, subject, why }));
}
