import { parseArgs } from "node:util";
import { closeChanges } from "@/lib/core/changes";
import { closeDb } from "@/lib/core/db";
import { closeJobs } from "@/lib/core/jobs";
import { measureCall } from "./batch/apply-directly";
import { jainIndex, measureMakespan, type Load } from "./batch/measure-makespan";
import { setStage } from "./batch/stage";

/**
 * P6: approvals over many clusters, a few at a time at each, against the ideal: as many rounds as a cluster needs, each
 * as long as one machine takes alone. P7: the same without and with one cluster that hangs or answers 429, by what the
 * others take. Real workers in processes of their own, on a durable PostgreSQL; clusters over TLS with a set latency.
 */
const { values: flags } = parseArgs({
  options: {
    approvals: { type: "string", default: "1000" },
    clusters: { type: "string", default: "20" },
    slots: { type: "string", default: "4" },
    latency: { type: "string", default: "2000" },
    parts: { type: "string", default: "P6,P7" },
  },
});
const clusters = Number(flags.clusters);
const slots = Number(flags.slots);
const latencyMs = Number(flags.latency);
const perCluster = Math.ceil(Number(flags.approvals) / clusters);
const load: Load = { perCluster, slots, inAll: slots * clusters, latencyMs };

const stage = await setStage(clusters);
try {
  // Each worker learns of each cluster and its namespace once.
  await measureMakespan(stage, { ...load, perCluster: slots * 2, latencyMs: 200 });
  const { secondsPerMachine } = await measureCall(stage, latencyMs);
  if (flags.parts.includes("P6")) {
    const { seconds, inFlightMax } = await measureMakespan(stage, load);
    const ideal = Math.ceil(perCluster / slots) * secondsPerMachine;
    const goal = `<=1.25 of the ideal, never more than ${slots} in flight at a cluster`;
    print("P6 batch makespan", goal, {
      ...{ approvals: perCluster * clusters, clusters, slots, latencyMs },
      ...rounded({ secondsPerMachine, ideal, seconds, ratio: seconds / ideal }),
      inFlightMax,
    });
  }
  if (flags.parts.includes("P7")) await measureTroubles();
} finally {
  await stage.stop();
  await closeJobs();
  await closeChanges();
  await closeDb();
  await stage.database.stop();
}

async function measureTroubles(): Promise<void> {
  const half = { ...load, perCluster: Math.ceil(perCluster / 2) };
  const without = await measureMakespan(stage, half);
  // The same clusters are compared: the first is the one that has its trouble.
  const others = Math.max(...without.each.slice(1));
  for (const trouble of [{ hang: true }, { status: 429, retryAfterSeconds: 1 }]) {
    const { seconds, each, inFlightMax } = await measureMakespan(stage, { ...half, trouble });
    const shares = each.map((took) => half.perCluster / took);
    print("P7 batch isolation", "<=1.2 of the others without it, Jain >=0.95", {
      trouble: trouble.hang === true ? "hangs" : "answers 429",
      ...rounded({ without: others, seconds, ratio: seconds / others, jain: jainIndex(shares) }),
      inFlightMax,
    });
  }
}

function rounded(figures: Record<string, number>) {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(3))]));
}

function print(bench: string, goal: string, figures: object): void {
  console.log(JSON.stringify({ bench, goal, ...figures }));
}
