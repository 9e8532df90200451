import { parseArgs } from "node:util";
import { z } from "zod";
import { closeDb } from "@/lib/core/db";
import { closeChanges } from "@/lib/core/changes";
import { closeJobs } from "@/lib/core/jobs";
import { AskedProgram } from "./sync/ask-child";
import { measureFreshness } from "./sync/measure-freshness";
import { measureMemory } from "./sync/measure-memory";
import { measureRestart } from "./sync/measure-restart";
import { setStage, settle, startWorker, stopWorker, type Stage } from "./sync/stage";

/**
 * P8, P10 and P11 with a real worker's sync in a process of its own, clusters in another, over TLS, on a durable
 * PostgreSQL. P8's baseline watches machines of its own in the same clusters and writes the same table.
 */
const { values: flags } = parseArgs({
  options: {
    clusters: { type: "string", default: "20" },
    machines: { type: "string", default: "1000" },
    parts: { type: "string", default: "P10,P11,P8" },
  },
});
const size = { clusters: Number(flags.clusters), ours: Number(flags.machines), baseline: 30 };

const begun = performance.now();
const stage = await setStage(size);
try {
  const parts = flags.parts.split(",");
  if (parts.includes("P10")) print("P10 sync memory", "<=0.1 of whole objects", await measureMemory(stage));
  if (parts.includes("P11"))
    print("P11 sync restart", "<=0.05 of a full list's bytes, 0 rows written", await measureRestart(stage));
  if (parts.includes("P8")) {
    const goal = "p50 <=2, p95 <=1 s, flood <=5 writes, nothing changed 0 rows";
    print("P8 sync freshness", goal, await measureBoth(stage));
  }
} finally {
  await stage.stop();
  await closeJobs();
  await closeChanges();
  await closeDb();
  await stage.database.stop();
}

function print(bench: string, goal: string, figures: object): void {
  const seconds = Math.round((performance.now() - begun) / 1000);
  const machines = size.clusters * size.ours;
  console.log(JSON.stringify({ bench, goal, clusters: size.clusters, machines, ...figures, seconds }));
}

/** The worker and the update loop, connected side by side. */
async function measureBoth({ clusters, database }: Stage) {
  const loop = new AskedProgram("update-loop-program.ts", { DATABASE_URL: database.url });
  await loop.ask("start", z.null(), clusters);
  const worker = await startWorker(stage);
  await settle();
  const figures = await measureFreshness(stage);
  await stopWorker(worker);
  await loop.end();
  return figures;
}
