import type { VmObservation } from "@/lib/vms/observation";

interface Waiting {
  /** In order; those before the last are states that were passed through. */
  observations: VmObservation[];
  /** Everything up to here was heard before the first of them. */
  since: string | null;
  order: number;
}

interface QueueOptions {
  deliver: (observations: VmObservation[]) => Promise<void>;
  /** What could not be written after a wait; it stays and is tried again. */
  onFailure: (error: unknown) => void;
  /** When a machine may be written next, on the steady clock. */
  pace: { dueAt: (key: string) => number; wrote: (key: string) => void };
}

const retryMs = 1_000;
const passedThroughMax = 8;

/** Between a watch and the database: the first word of a machine passes at once, a flood of them does not. */
export class ObservationQueue {
  readonly #options: QueueOptions;
  #waiting = new Map<string, Waiting>();
  #latest: string | null = null;
  #written: string | null = null;
  #order = 0;
  #generation = 0;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** Resolves when everything that may be written now is written. */
  add(observations: VmObservation[], resourceVersion: string): Promise<void> {
    for (const observation of observations) this.#keep(observation);
    this.#latest = resourceVersion;
    return this.#flush();
  }

  /** A complete list replaces whatever waits; resolves when nothing older is being written any more. */
  async clear(): Promise<void> {
    this.#generation += 1;
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

  #keep(observation: VmObservation): void {
    const key = `${observation.namespace}/${observation.name}`;
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) {
      waiting.observations = withLast(waiting.observations, observation);
      return;
    }
    this.#order += 1;
    this.#waiting.set(key, { observations: [observation], since: this.#latest, order: this.#order });
  }

  #flush(): Promise<void> {
    this.#flushing = this.#flushing.catch(() => undefined).then(() => this.#flushDue());
    return this.#flushing;
  }

  async #flushDue(): Promise<void> {
    const due = this.#takeDue();
    const [upTo, generation] = [this.#latest, this.#generation];
    try {
      if (due.size > 0) await this.#options.deliver([...due.values()].flatMap((one) => one.observations));
    } catch (error) {
      if (generation === this.#generation) {
        this.#putBack(due);
        this.#flushIn(retryMs);
      }
      throw error;
    }
    for (const key of due.keys()) this.#options.pace.wrote(key);
    this.#written = this.#waiting.size === 0 ? upTo : this.#firstWaitingSince();
    if (this.#waiting.size > 0) this.#flushIn(this.#nextDueMs());
  }

  #takeDue(): Map<string, Waiting> {
    const now = performance.now();
    const due = new Map([...this.#waiting].filter(([key]) => this.#options.pace.dueAt(key) <= now));
    for (const key of due.keys()) this.#waiting.delete(key);
    return due;
  }

  #putBack(due: Map<string, Waiting>): void {
    for (const [key, one] of due) {
      for (const later of this.#waiting.get(key)?.observations ?? [])
        one.observations = withLast(one.observations, later);
      this.#waiting.set(key, one);
    }
  }

  #firstWaitingSince(): string | null {
    let first: Waiting | undefined;
    for (const one of this.#waiting.values()) if (first === undefined || one.order < first.order) first = one;
    return first?.since ?? this.#written;
  }

  #nextDueMs(): number {
    let soonest = Number.POSITIVE_INFINITY;
    for (const key of this.#waiting.keys()) soonest = Math.min(soonest, this.#options.pace.dueAt(key));
    return Math.max(0, soonest - performance.now());
  }

  #flushIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#flush().catch(this.#options.onFailure), ms);
  }
}

/** The newest replaces what says the same; what said something else may have ended an operation, and stays. */
function withLast(observations: VmObservation[], newest: VmObservation): VmObservation[] {
  const last = observations.at(-1);
  const kept =
    last !== undefined && stateOf(last) === stateOf(newest) ? observations.slice(0, -1) : observations;
  return [...kept.slice(1 - passedThroughMax), newest];
}

function stateOf({ uid, deleted, terminating, printableStatus, phase }: VmObservation): string {
  return JSON.stringify([uid, deleted, terminating, printableStatus, phase]);
}
