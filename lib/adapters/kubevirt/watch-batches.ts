export interface ObjectChange<T> {
  type: "ADDED" | "MODIFIED" | "DELETED";
  key: string;
  value: T;
}

interface Batches<T> {
  add(change: ObjectChange<T> | null, resourceVersion: string): void;
  /** Waits while too much is pending, so that a slow consumer slows the stream down and not the process. */
  room(): Promise<void>;
  /** Waits until everything added is delivered; throws what the consumer threw. */
  drain(): Promise<void>;
}

const pendingMax = 2_000;

/** Collects what arrives while the consumer is busy into its next call; order is kept. */
export function createBatches<T>(options: {
  deliver: (batch: ObjectChange<T>[], resourceVersion: string) => Promise<void>;
  onFailure: (error: unknown) => void;
}): Batches<T> {
  let pending: ObjectChange<T>[] = [];
  let version: string | null = null;
  let delivering: Promise<void> | null = null;
  let failure: { error: unknown } | null = null;

  async function deliverAll() {
    while (version !== null && !failure) {
      const [batch, upTo] = [pending, version];
      pending = [];
      version = null;
      await options.deliver(batch, upTo);
    }
  }

  function begin() {
    delivering ??= nextTurn()
      .then(deliverAll)
      .catch((error: unknown) => {
        failure = { error };
        options.onFailure(error);
      })
      .finally(() => {
        delivering = null;
        if (version !== null && !failure) begin();
      });
  }

  return {
    add(change, resourceVersion) {
      if (change) pending.push(change);
      version = resourceVersion;
      begin();
    },
    async room() {
      while (pending.length >= pendingMax && delivering) await delivering;
    },
    async drain() {
      while (delivering) await delivering;
      if (failure) throw failure.error;
    },
  };
}

// One turn of the event loop lets a burst that is already in the buffers become one batch.
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
