/** The four words every adapter reduces its SDK's failures to (house §5). */
const words = ["unavailable", "conflict", "rejected", "gone"] as const;
export type FailureWord = (typeof words)[number];

export interface OutsideFailure extends Error {
  kind: FailureWord;
  retryAfterSeconds?: number;
}

/** Recognises an adapter's failure without knowing the adapter. */
export function isOutsideFailure(error: unknown): error is OutsideFailure {
  return error instanceof Error && "kind" in error && words.some((word) => word === error.kind);
}
