export interface Clock {
  /** Runs once after this much time of the pretend world. */
  after(milliseconds: number, run: () => void): void;
  every(milliseconds: number, run: () => void): void;
  stop(): void;
}

/** Timers of the pretend world: `speed` 20 makes a minute pass in three seconds; none keeps the process alive. */
export function startClock(speed: number): Clock {
  const timers = new Set<NodeJS.Timeout>();
  return {
    after(milliseconds, run) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        run();
      }, milliseconds / speed);
      timers.add(timer.unref());
    },
    every(milliseconds, run) {
      timers.add(setInterval(run, milliseconds / speed).unref());
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** Kubernetes writes whole seconds. */
export function timestamp(at: Date = new Date()): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
