import type { FailureWord } from "@/lib/core/outside-failure";

export const deliveryStates = ["PENDING", "SENT", "FAILED", "SKIPPED"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const purposes = ["notice", "digest", "test"] as const;
type Purpose = (typeof purposes)[number];

/** Four hours of trying; a test tells at once. */
const attemptsMax = { notice: 10, digest: 10, test: 1 } as const satisfies Record<Purpose, number>;
const firstDelaySeconds = 15;
const longestDelaySeconds = 3_600;

export interface FailedAttempt {
  purpose: Purpose;
  /** Counting this one. */
  attempts: number;
  kind: FailureWord;
  retryAfterSeconds?: number | undefined;
}

/**
 * When to try again, in seconds; null to give up.
 * @param chance between 0 and 1, so that what failed together does not come back together
 */
export function delayAfter({ purpose, attempts, kind, retryAfterSeconds }: FailedAttempt, chance: number) {
  if (kind === "rejected" || kind === "gone" || attempts >= attemptsMax[purpose]) return null;
  const doubled = Math.min(firstDelaySeconds * 2 ** (attempts - 1), longestDelaySeconds);
  return Math.ceil(Math.max(retryAfterSeconds ?? 0, doubled) * (1 + chance / 4));
}
