import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { waitUntil } from "@/e2e/faults/wait-until";
import { compare, measurePairs, quantile, rounded } from "../ground/pairs";
import { logEveryStatement } from "../ground/statement-log";
import { emitted } from "./shapes";
import { countWritten, readVersions, settle, workerName, type Stage } from "./stage";

const perSecond = 200;
/** In each cluster, in one block; no machine twice. */
const eventsPerCluster = 30;
const pairCount = 8;
const stirred = 400;

/** P8, while the worker and the update loop are both connected; each block's events are of one side's machines alone. */
export async function measureFreshness(stage: Stage) {
  const blocks: Record<"baseline" | "ours", number[][]> = { baseline: [], ours: [] };
  const measure = (set: "baseline" | "ours") => async () => {
    const waits = await measureBlock(stage, set);
    blocks[set].push(waits);
    return quantile(waits, 0.5);
  };
  const pairs = await measurePairs(pairCount, { baseline: measure("baseline"), ours: measure("ours") });
  // The first of each warmed up.
  const [ours, baseline] = [blocks.ours.slice(1).flat(), blocks.baseline.slice(1).flat()];
  return {
    p50: compare(pairs),
    p95Ms: percentile(ours, 0.95),
    p99Ms: percentile(ours, 0.99),
    maxMs: percentile(ours, 1),
    baselineP95Ms: percentile(baseline, 0.95),
    events: ours.length,
    flood: await measureFlood(stage),
    nothingChanged: await measureNothing(stage),
    statementsPerEvent: await countStatements(stage),
  };
}

function percentile(values: number[], share: number): number {
  return rounded(
    quantile(
      values.toSorted((a, b) => a - b),
      share,
    ),
  );
}

/** From the change in the cluster to the commit of its row, ascending. */
async function measureBlock(stage: Stage, set: "baseline" | "ours"): Promise<number[]> {
  stage.commits.forget();
  const events = await stage.labs.ask("emit", z.array(emitted), {
    set,
    count: eventsPerCluster * stage.clusters.length,
    perSecond,
  });
  const commitOf = ({ name }: { name: string }) => stage.commits.of(stage.ids.get(name) ?? "")[0];
  await waitUntil("every event is committed", () =>
    Promise.resolve(events.every((event) => commitOf(event) !== undefined)),
  );
  return events.map((event) => (commitOf(event) ?? Number.NaN) - event.at).toSorted((a, b) => a - b);
}

/** A hundred changes of one machine within a second, told by the notices of its row. */
async function measureFlood(stage: Stage) {
  await settle();
  stage.commits.forget();
  const flood = z.object({ name: z.string(), changes: z.number(), ms: z.number() });
  const { name, changes, ms } = await stage.labs.ask("flood", flood);
  await settle();
  return { changes, ms: rounded(ms), writes: stage.commits.of(stage.ids.get(name) ?? "").length };
}

async function measureNothing(stage: Stage) {
  await settle();
  const before = await readVersions();
  await stage.labs.ask("stir", z.null(), stirred);
  await wait(2_000);
  return { events: stirred, rowsWritten: await countWritten(before) };
}

/** In the server's own log, for the worker alone. */
async function countStatements(stage: Stage): Promise<number> {
  await logEveryStatement(stage.database.url);
  await wait(500);
  const from = performance.timeOrigin + performance.now();
  await measureBlock(stage, "ours");
  await wait(500);
  const statements = stage.log.between(workerName, from, performance.timeOrigin + performance.now());
  return rounded(statements.length / (eventsPerCluster * stage.clusters.length));
}
