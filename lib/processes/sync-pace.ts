/** How often one machine may be written: by each of its kinds in turn, and by all of them together within a second. */
const quietMs = { vm: 300, vmi: 300, dv: 1_000 };
const writesMax = 4;
const windowMs = 1_000;

export type PacedKind = keyof typeof quietMs;

interface Write {
  kind: PacedKind;
  at: number;
}

/** Remembers for a second who was written, so that a flood from one machine costs no more than a few writes. */
export class WritePace {
  readonly #writes = new Map<string, Write[]>();
  #forgottenAt = 0;

  /** From when on the machine may be written next, on the steady clock. */
  dueAt(key: string, kind: PacedKind): number {
    const writes = this.#recent(key, performance.now());
    const own = writes.findLast((write) => write.kind === kind);
    const first = writes.length < writesMax ? undefined : writes.at(-writesMax);
    return Math.max(
      own === undefined ? 0 : own.at + quietMs[kind],
      first === undefined ? 0 : first.at + windowMs,
    );
  }

  wrote(key: string, kind: PacedKind): void {
    const now = performance.now();
    this.#writes.set(key, [...this.#recent(key, now), { kind, at: now }]);
    if (now - this.#forgottenAt > windowMs) this.#forget(now);
  }

  #recent(key: string, now: number): Write[] {
    return (this.#writes.get(key) ?? []).filter(({ at }) => now - at < windowMs);
  }

  #forget(now: number): void {
    this.#forgottenAt = now;
    for (const [key, writes] of this.#writes) {
      if (writes.every(({ at }) => now - at >= windowMs)) this.#writes.delete(key);
    }
  }
}
