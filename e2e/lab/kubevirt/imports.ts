export interface ImportFailure {
  /** Part of the source's address. */
  match: string;
  /** What the importer says; absent, that the source was not found. */
  message?: string;
  /** How many attempts fail; all when absent. */
  times?: number;
}

const stepMs = 200;

/** How fast images arrive, and which do not. */
export class Imports {
  readonly stepMs = stepMs;
  stepPercent = 12.5;
  #failures: { failure: ImportFailure; hits: number }[] = [];

  /** In the pretend world, from the first byte to the last. */
  takeSeconds(seconds: number): void {
    this.stepPercent = Math.min(100, (100 * stepMs) / (seconds * 1000));
  }

  fail(failure: ImportFailure): void {
    this.#failures.push({ failure, hits: 0 });
  }

  succeed(): void {
    this.#failures = [];
  }

  /** The failure that meets this attempt; asking counts as a hit. */
  take(address: string): ImportFailure | undefined {
    const found = this.#failures.find(
      ({ failure, hits }) => address.includes(failure.match) && hits < (failure.times ?? Infinity),
    );
    if (!found) return undefined;
    found.hits += 1;
    return found.failure;
  }
}
