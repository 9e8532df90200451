import {
  claimReflectors,
  renewReflectors,
  restReflector,
  returnReflectors,
  type ReflectorKey,
} from "@/lib/clusters/reflector-leases";
import { listenForChanges } from "@/lib/core/changes";
import { logger } from "@/lib/core/logger";
import { observeVms } from "@/lib/vms/observe-vm";
import { WritePace } from "./sync-pace";
import { runReflector, type ReflectorOwner, type RunningReflector } from "./sync-reflector";
import { Turns } from "./sync-turns";
import { SharedWriter } from "./sync-writer";

const heartbeatMs = 5_000;
/** What a dead worker followed is taken over this soon after its lease; looking costs one statement. */
const claimMs = 1_000;
const leaseMs = 15_000;
/** A burst of changes to clusters is one look at who follows what. */
const settleMs = 100;
/** Pages of lists in memory at the same time. */
const pagesMax = 4;

interface SyncOptions {
  workerId: string;
  signal: AbortSignal;
  /** How long a watch may be silent before it counts as lost; the reflector's own limit when absent. */
  idleTimeoutMs?: number;
}

/** Keeps the portal's picture of every enabled cluster true until the signal ends; then hands all leases back. */
export async function startSync({ workerId, signal, idleTimeoutMs }: SyncOptions): Promise<void> {
  const owner: ReflectorOwner = {
    workerId,
    writer: new SharedWriter(observeVms),
    pace: new WritePace(),
    pages: new Turns(pagesMax),
    ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
  };
  const running = new Map<string, Following>();
  const alarm = createAlarm(signal);
  const stopListening = listenForChanges(
    ({ kind }) => {
      if (kind === "cluster") alarm.ring();
    },
    () => alarm.ring(),
  );
  try {
    let renewAt = 0;
    while (!signal.aborted) {
      try {
        if (performance.now() >= renewAt) {
          await renewLeases(owner, running);
          renewAt = performance.now() + heartbeatMs;
        }
        await claimLeases(owner, running, alarm.ring);
      } catch (error) {
        logger("sync").warn({ err: error }, "leases could not be renewed");
      }
      if (await alarm.wait(claimMs)) renewAt = 0;
    }
  } finally {
    stopListening();
    for (const reflector of running.values()) reflector.stop();
    await Promise.all([...running.values()].map((reflector) => reflector.handedBack));
  }
}

type Following = RunningReflector & { handedBack: Promise<void> };

async function renewLeases({ workerId }: ReflectorOwner, running: Map<string, Following>): Promise<void> {
  const heldUntil = performance.now() + leaseMs;
  const alive = [...running.values()].filter((reflector) => !reflector.isStopped());
  const positions = alive.map((reflector) => reflector.position());
  const kept = new Set((await renewReflectors(workerId, positions)).map(keyOf));
  for (const reflector of alive) {
    if (kept.has(keyOf(reflector.position()))) reflector.extend(heldUntil);
    else reflector.stop();
  }
}

async function claimLeases(
  owner: ReflectorOwner,
  running: Map<string, Following>,
  ring: () => void,
): Promise<void> {
  const { workerId } = owner;
  const heldUntil = performance.now() + leaseMs;
  for (const leased of await claimReflectors(workerId, [...running.keys()])) {
    const reflector = runReflector(owner, leased, heldUntil);
    const handedBack = reflector.done.then(() => handBack(workerId, running, keyOf(leased))).then(ring);
    running.set(keyOf(leased), { ...reflector, handedBack });
  }
}

/** One that could not start is claimed again at the next look, by whoever looks first. */
async function handBack(workerId: string, running: Map<string, Following>, key: string): Promise<void> {
  const reflector = running.get(key);
  running.delete(key);
  if (reflector === undefined) return;
  const position = reflector.position();
  const returned = reflector.isUnavailable()
    ? restReflector(workerId, position)
    : returnReflectors(workerId, [position]);
  await returned.catch((error: unknown) => {
    logger("sync").warn({ err: error }, "a lease could not be handed back and will run out");
  });
}

function keyOf({ clusterId, kind }: ReflectorKey): string {
  return `${clusterId}/${kind}`;
}

/** Waits for a time, and less when rung, and says which; the signal ends every wait. */
function createAlarm(signal: AbortSignal): { ring: () => void; wait: (ms: number) => Promise<boolean> } {
  let wake: (() => void) | undefined;
  let rung = false;
  const ring = () => {
    rung = true;
    if (wake !== undefined) setTimeout(wake, settleMs);
  };
  signal.addEventListener("abort", () => wake?.(), { once: true });
  return {
    ring,
    async wait(ms) {
      if (signal.aborted) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, rung ? settleMs : ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      const wasRung = rung;
      wake = undefined;
      rung = false;
      return wasRung;
    },
  };
}
