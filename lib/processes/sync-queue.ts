import type { VmObservation } from "@/lib/vms/observation";

interface Waiting {
  observation: VmObservation;
  dueAt: number;
}

interface QueueOptions {
  deliver: (observations: VmObservation[]) => Promise<void>;
  /** What could not be written after a wait; it stays and is tried again. */
  onFailure: (error: unknown) => void;
  quietMs?: number;
}

/** One machine is written at most this often; what it says meanwhile is written as its last word. */
const quietMsDefault = 250;
const retryMs = 1_000;

/** Between a watch and the database: the first word of a machine passes at once, a flood of them does not. */
export class ObservationQueue {
  readonly #options: QueueOptions;
  readonly #quietMs: number;
  readonly #waiting = new Map<string, Waiting>();
  readonly #quietUntil = new Map<string, number>();
  #latest: string | null = null;
  #written: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#quietMs = options.quietMs ?? quietMsDefault;
  }

  /** Resolves when everything that may be written now is written. */
  add(observations: VmObservation[], resourceVersion: string): Promise<void> {
    this.#latest = resourceVersion;
    const now = performance.now();
    for (const observation of observations) {
      const key = `${observation.namespace}/${observation.name}`;
      this.#waiting.set(key, { observation, dueAt: this.#quietUntil.get(key) ?? now });
    }
    return this.#flush();
  }

  /** A complete list replaces whatever waits; resolves when nothing older is being written any more. */
  async clear(): Promise<void> {
    this.#waiting.clear();
    this.stop();
    await this.#flushing.catch(() => undefined);
  }

  /** Everything up to here was written elsewhere. */
  startFrom(resourceVersion: string): void {
    this.#latest = resourceVersion;
    this.#written = resourceVersion;
  }

  /** Up to here everything has been written: where another worker may go on. */
  position(): string | null {
    return this.#written;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #flush(): Promise<void> {
    this.#flushing = this.#flushing.catch(() => undefined).then(() => this.#flushDue());
    return this.#flushing;
  }

  async #flushDue(): Promise<void> {
    const now = performance.now();
    const due = [...this.#waiting].filter(([, entry]) => entry.dueAt <= now);
    const upTo = this.#latest;
    try {
      if (due.length > 0) await this.#options.deliver(due.map(([, entry]) => entry.observation));
    } catch (error) {
      this.#flushIn(retryMs);
      throw error;
    }
    for (const [key, entry] of due) this.#settle(key, entry);
    if (this.#waiting.size === 0) this.#written = upTo;
    else this.#flushIn(this.#nextDueMs());
  }

  #settle(key: string, entry: Waiting): void {
    const now = performance.now();
    if (this.#waiting.get(key) === entry) this.#waiting.delete(key);
    for (const [quiet, until] of this.#quietUntil) if (until <= now) this.#quietUntil.delete(quiet);
    this.#quietUntil.set(key, now + this.#quietMs);
  }

  #nextDueMs(): number {
    const soonest = Math.min(...[...this.#waiting.values()].map(({ dueAt }) => dueAt));
    return Math.max(0, soonest - performance.now());
  }

  #flushIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#flush().catch(this.#options.onFailure), ms);
  }
}
