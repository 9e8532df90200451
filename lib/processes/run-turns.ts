import { logger } from "@/lib/core/logger";
import { findTurns, onPermitFreed, type Turn } from "@/lib/core/permits";

const tickMs = 500;

/** Begins what has its turn at a cluster, until the signal ends: when a permit is handed back here, and by the clock. */
export function runTurns(signal: AbortSignal, begin: (turn: Turn) => Promise<void>): void {
  const begun = new Set<string>();
  const beginTurns = async () => {
    for (const turn of await findTurns()) {
      if (begun.has(turn.eventId)) continue;
      begun.add(turn.eventId);
      void begin(turn).finally(() => begun.delete(turn.eventId));
    }
  };
  const look = oneAtATime(() =>
    beginTurns().catch((error: unknown) => logger("clock").warn({ err: error }, "turns failed")),
  );
  const stopListening = onPermitFreed(look);
  const timer = setInterval(look, tickMs).unref();
  signal.addEventListener(
    "abort",
    () => {
      clearInterval(timer);
      stopListening();
    },
    { once: true },
  );
}

/** Asked again while it runs, it runs once more afterwards. */
function oneAtATime(work: () => Promise<void>): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async () => {
    isRunning = true;
    do {
      isWanted = false;
      await work();
    } while (isWanted);
    isRunning = false;
  };
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}
