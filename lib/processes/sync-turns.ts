/** Whoever hangs does not hold the others up for longer than this. */
const patienceMs = 5_000;

/** So much at the same time and no more: a page of a list is large while it is being read. */
export class Turns {
  readonly #max: number;
  #taken = 0;
  readonly #waiting = new Set<() => void>();

  constructor(max: number) {
    this.#max = max;
  }

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#taken >= this.#max) await this.#wait();
    this.#taken += 1;
    try {
      return await work();
    } finally {
      this.#taken -= 1;
      this.#admitNext();
    }
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      const admit = () => {
        clearTimeout(timer);
        this.#waiting.delete(admit);
        resolve();
      };
      const timer = setTimeout(admit, patienceMs);
      this.#waiting.add(admit);
    });
  }

  #admitNext(): void {
    const [next] = this.#waiting;
    if (next !== undefined && this.#taken < this.#max) next();
  }
}
