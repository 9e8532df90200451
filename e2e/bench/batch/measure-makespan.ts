import { z } from "zod";
import { waitUntil } from "@/e2e/faults/wait-until";
import { db } from "@/lib/core/db";
import { approveMany } from "./approve-many";
import { clusterCounts, type labFault } from "./shapes";
import { allow, type Stage } from "./stage";

export interface Load {
  perCluster: number;
  slots: number;
  inAll: number;
  latencyMs: number;
  /** What befalls the first cluster, beside the latency that all have. */
  trouble?: Omit<z.output<typeof labFault>, "cluster">;
}

export interface Makespan {
  /** From the opening to the last answer, of the clusters without trouble. */
  seconds: number;
  /** Of each such cluster. */
  each: number[];
  inFlightMax: number;
}

const nothing = z.null();
const roundMs = 50;

/** All approved and none let in; then the limits open, and the clock runs until the last change is answered. */
export async function measureMakespan(stage: Stage, load: Load): Promise<Makespan> {
  const { labs } = stage;
  await allow(0, load.inAll);
  await approveMany(stage, load.perCluster);
  await labs.ask("setFault", nothing, { cluster: null, latencyMs: load.latencyMs });
  if (load.trouble !== undefined) await labs.ask("setFault", nothing, { cluster: 0, ...load.trouble });
  await labs.ask("reset", nothing);
  const counted = load.trouble === undefined ? 0 : 1;
  const openedAt = performance.timeOrigin + performance.now();
  await allow(load.slots, load.inAll);
  await waitUntil(
    "every change is answered",
    async () =>
      (await readCounts(stage)).slice(counted).every(({ doneAt }) => doneAt.length >= load.perCluster),
    { timeoutMs: 300_000, everyMs: roundMs },
  );
  const counts = (await readCounts(stage)).slice(counted);
  const each = counts.map(({ doneAt }) => (Math.max(...doneAt) - openedAt) / 1000);
  await labs.ask("clearFaults", nothing);
  await endAll();
  return {
    seconds: Math.max(...each),
    each,
    inFlightMax: Math.max(...(await readCounts(stage)).map(({ inFlightMax }) => inFlightMax)),
  };
}

function readCounts({ labs }: Stage) {
  return labs.ask("counts", z.array(clusterCounts));
}

/** The machines do not come up here, so nobody looks at them again; the next measurement begins with nothing under way. */
async function endAll(): Promise<void> {
  await db().$executeRaw`UPDATE domain_events SET status = 'COMPLETED', due_at = NULL, queued_at = NULL,
    lease_owner = NULL, lease_until = NULL, processed_at = now() WHERE status = 'PROCESSING'`;
}

/** One where all are served alike, and one over their number where one is served alone. */
export function jainIndex(shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0);
  const squares = shares.reduce((total, share) => total + share * share, 0);
  return (sum * sum) / (shares.length * squares);
}
