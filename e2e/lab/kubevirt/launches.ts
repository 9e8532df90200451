/** refused: a webhook refuses the instance · image: its image is not pulled · mount: no disk is attached · crash: it ends at once. */
const failures = ["refused", "image", "mount", "crash"] as const;
export type LaunchFailureKind = (typeof failures)[number];

export interface LaunchFailure {
  /** Part of the machine's name. */
  match: string;
  how: LaunchFailureKind;
  /** What is said; absent, the usual words. */
  message?: string;
  /** How many attempts fail; all when absent. */
  times?: number;
}

export function isLaunchFailureKind(text: string): text is LaunchFailureKind {
  return failures.some((one) => one === text);
}

/** Which machines do not come up, and why. */
export class Launches {
  #failures: { failure: LaunchFailure; hits: number }[] = [];

  fail(failure: LaunchFailure): void {
    this.#failures.push({ failure, hits: 0 });
  }

  succeed(): void {
    this.#failures = [];
  }

  /** The failure that meets this attempt; asking counts as a hit. */
  take(name: string, how: LaunchFailureKind): { message: string | undefined } | undefined {
    const found = this.#failures.find(
      ({ failure, hits }) =>
        failure.how === how && name.includes(failure.match) && hits < (failure.times ?? Infinity),
    );
    if (!found) return undefined;
    found.hits += 1;
    return { message: found.failure.message };
  }
}
