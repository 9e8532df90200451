import type { VmObservation } from "@/lib/vms/observation";

interface Delivery {
  observations: VmObservation[];
  /** Throws when the one who delivers may not write any more. */
  requireLease: () => void;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** So many writes at once; one that waits for a row somebody holds leaves the others free. */
const writesMax = 4;
const observationsMax = 500;

/** Many watches, few statements: what is delivered while all writers are busy goes into one write together. */
export class SharedWriter {
  readonly #write: (observations: VmObservation[]) => Promise<void>;
  #waiting: Delivery[] = [];
  #writing = 0;

  constructor(write: (observations: VmObservation[]) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves when these are written. */
  deliver(observations: VmObservation[], requireLease: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ observations, requireLease, resolve, reject });
      this.#begin();
    });
  }

  #begin(): void {
    if (this.#writing >= writesMax || this.#waiting.length === 0) return;
    this.#writing += 1;
    void this.#writeTogether(this.#takeWaiting()).finally(() => {
      this.#writing -= 1;
      this.#begin();
    });
  }

  #takeWaiting(): Delivery[] {
    let count = 0;
    const fits = this.#waiting.findIndex(({ observations }, index) => {
      count += observations.length;
      return index > 0 && count > observationsMax;
    });
    return this.#waiting.splice(0, fits === -1 ? this.#waiting.length : fits);
  }

  async #writeTogether(deliveries: Delivery[]): Promise<void> {
    const allowed = deliveries.filter(isAllowed);
    if (allowed.length === 0) return;
    try {
      await this.#write(allowed.flatMap(({ observations }) => observations));
      for (const { resolve } of allowed) resolve();
    } catch (error) {
      // One delivery that cannot be written is nobody else's failure.
      if (allowed.length > 1) for (const one of allowed) await this.#writeTogether([one]);
      else allowed[0]?.reject(error);
    }
  }
}

function isAllowed({ requireLease, reject }: Delivery): boolean {
  try {
    requireLease();
    return true;
  } catch (error) {
    reject(error);
    return false;
  }
}
