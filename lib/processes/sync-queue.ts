import type { VmObservation } from "@/lib/vms/observation";

export interface ObservationQueue {
  /** Resolves when everything that may be written now is written. */
  add(observations: VmObservation[], resourceVersion: string): Promise<void>;
  /** A complete list replaces whatever waits; resolves when nothing older is being written any more. */
  clear(): Promise<void>;
  /** Everything up to here was written elsewhere. */
  startFrom(resourceVersion: string): void;
  /** Up to here everything has been written: where another worker may go on. */
  position(): string | null;
  stop(): void;
}

interface Waiting {
  observation: VmObservation;
  dueAt: number;
}

/** One machine is written at most this often; what it says meanwhile is written as its last word. */
const quietMsDefault = 250;
const retryMs = 1_000;

export function createObservationQueue(options: {
  deliver: (observations: VmObservation[]) => Promise<void>;
  onFailure: (error: unknown) => void;
  quietMs?: number;
}): ObservationQueue {
  const quietMs = options.quietMs ?? quietMsDefault;
  const waiting = new Map<string, Waiting>();
  const quietUntil = new Map<string, number>();
  let latest: string | null = null;
  let written: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    flushing = flushing.catch(() => undefined).then(flushDue);
    return flushing;
  }

  async function flushDue(): Promise<void> {
    const now = performance.now();
    const due = [...waiting].filter(([, entry]) => entry.dueAt <= now);
    const upTo = latest;
    if (due.length > 0) {
      try {
        await options.deliver(due.map(([, entry]) => entry.observation));
      } catch (error) {
        arm(retryMs);
        throw error;
      }
    }
    for (const [key, entry] of due) settle(key, entry);
    if (waiting.size === 0) written = upTo;
    arm(nextDueMs());
  }

  function settle(key: string, entry: Waiting): void {
    if (waiting.get(key) === entry) waiting.delete(key);
    quietUntil.set(key, performance.now() + quietMs);
  }

  function nextDueMs(): number | null {
    const now = performance.now();
    for (const [key, until] of quietUntil) if (until <= now) quietUntil.delete(key);
    if (waiting.size === 0) return null;
    return Math.max(0, Math.min(...[...waiting.values()].map(({ dueAt }) => dueAt)) - now);
  }

  function arm(ms: number | null): void {
    clearTimeout(timer);
    timer = ms === null ? undefined : setTimeout(() => void flush().catch(options.onFailure), ms);
  }

  return {
    add(observations, resourceVersion) {
      latest = resourceVersion;
      const now = performance.now();
      for (const observation of observations) {
        const key = `${observation.namespace}/${observation.name}`;
        waiting.set(key, { observation, dueAt: quietUntil.get(key) ?? now });
      }
      return flush();
    },
    async clear() {
      waiting.clear();
      arm(null);
      await flushing.catch(() => undefined);
    },
    startFrom(resourceVersion) {
      latest = resourceVersion;
      written = resourceVersion;
    },
    position: () => written,
    stop: () => clearTimeout(timer),
  };
}
